// env: TZ=UTC LC_ALL=C
// Dates, numbers, lists, plurals, sorting: the same data behind both.
const date = new Date(Date.UTC(2024, 1, 29, 13, 5, 9));
for (const locale of ['en-GB', 'de-DE', 'ja-JP', 'ar-EG'])
  console.log(locale, date.toLocaleString(locale), (1234567.891).toLocaleString(locale), new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).format(9.5));
console.log(new Intl.ListFormat('en').format(['a', 'b', 'c']), new Intl.PluralRules('ar').select(3), new Intl.RelativeTimeFormat('fr').format(-2, 'day'));
console.log(['z', 'ä', 'a'].sort(new Intl.Collator('sv').compare), 'ı'.toLocaleUpperCase('tr'), [...new Intl.Segmenter('en', { granularity: 'word' }).segment('two words')].length);
console.log(date.toString(), Intl.DateTimeFormat().resolvedOptions().timeZone, 'ﬁ'.normalize('NFKC'), /\p{Script=Greek}/u.test('α'));
process.env.TZ = 'America/New_York';
console.log(date.getHours(), date.toTimeString());
