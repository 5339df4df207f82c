// A page of a rule, whose title is in both languages, comes before a name of the API that bears the word.
var Scorer = {
  score: ([page, title, , , score]) =>
    score + (title.includes(" · ") ? 2 : 0) - (/^(api|changelog|design)$/.test(page) ? 4 : 0),
  objNameMatch: 3,
  objPartialMatch: 1,
  objPrio: { 0: 2, 1: 0, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 9,
  term: 5,
  partialTerm: 2,
};
