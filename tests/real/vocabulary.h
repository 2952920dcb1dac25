// Which names a person who wrote a program knows: those that stand in it, Node's public ones, packages', and the words
// of the field. And which words of a sentence are names at all.
#pragma once

#include <QSet>
#include <QString>
#include <QStringList>

namespace bistro::test {

class Vocabulary final {
public:
    // All that stands in a text is known: its words, and any part of it in quotes.
    void readSource(const QString& text);
    void learn(const QString& word) { m_words.insert(word); }
    // One of Node's public names.
    void learnPublic(const QString& word)
    {
        m_words.insert(word);
        m_public.insert(word);
    }
    // Names of files, taken out of a sentence before it is looked at.
    void learnFile(const QString& name) { m_files.insert(name); }
    // What the program printed: may be quoted, whole or from its beginning.
    void learnPrinted(const QString& line) { m_printed.append(line); }
    // A name that Node or a package has within; no name when it is known otherwise.
    void suspect(const QString& word) { m_suspects.insert(word); }

    // The names in the sentence that are foreign, each once.
    [[nodiscard]] QStringList foreignIn(const QString& sentence) const;
    // The same of a name by itself: a title, whose every word counts.
    [[nodiscard]] QStringList foreignInName(const QString& name) const;
    // What a title is that it must not be: a text that the program does not print, or a name of something that is no
    // function. Empty: neither.
    [[nodiscard]] QString faultOfTitle(const QString& title) const;

private:
    [[nodiscard]] bool knows(const QString& word) const;
    [[nodiscard]] bool isQuotable(const QString& quoted) const;
    [[nodiscard]] QString withoutFiles(QString text) const;
    void look(const QString& text, bool everyWord, QStringList& found) const;

    QSet<QString> m_words;
    QSet<QString> m_files;
    QSet<QString> m_suspects;
    QStringList m_sources;
    QSet<QString> m_public;
    QStringList m_printed;
};

} // namespace bistro::test
