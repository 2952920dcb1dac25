// Makes the English catalog, as Qt's tools read it, of the lines of english.tsv:
//     context <TAB> source <TAB> singular <TAB> plural
// node generate.mjs english.tsv >bistro_en.ts
import { readFileSync } from 'node:fs';

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const contexts = new Map();
readFileSync(process.argv[2], 'utf8').split('\n').forEach((line, index) => {
  if (!line || line.startsWith('#')) return;
  const cells = line.split('\t');
  if (cells.length !== 4) throw new Error(`line ${index + 1} has ${cells.length} cells, not 4`);
  const [context, ...texts] = cells;
  contexts.set(context, [...(contexts.get(context) ?? []), texts]);
});
const messages = (texts) => texts.map(([source, ...forms]) => `<message numerus="yes"><source>${escaped(source)}</source>`
  + `<translation>${forms.map((form) => `<numerusform>${escaped(form)}</numerusform>`).join('')}</translation></message>`);
process.stdout.write(`<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
${[...contexts].map(([name, texts]) => `<context><name>${name}</name>\n${messages(texts).join('\n')}\n</context>`).join('\n')}
</TS>
`);
