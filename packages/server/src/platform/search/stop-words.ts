/** The languages whose words Foyer can reduce to a stem (ISO 639-1). */
export const languages = ["en", "de", "fr", "es", "it", "pt", "nl"] as const;
export type Language = (typeof languages)[number];

/**
 * Words that say nothing about what a text is about, folded as `fold` does. They fall out of the
 * index, and they tell which language a text is in. Nothing that a front desk might look for
 * ("may", "now", "two") belongs here.
 */
const lists: Readonly<Record<Language, string>> = {
  en: `
    a about after again all also am an and any are as at be been before being but by can cant
    could did do does doesnt doing dont for from had has have having he her here hers him his
    how i id if im in into is isnt it its ive just me more most my no nor not of off on or our
    ours out please shall she should so some such than that thats the their them then there
    these they this those through to too until up us very was we were what when where which
    while who whom why will with would you your youre yours`,
  de: `
    aber als also am an auch auf aus bei beim bin bis bist bitte da damit dann das dass dein
    dem den denn der des die dies diese diesem diesen dieser dieses doch du durch ein eine
    einem einen einer eines er es euch euer fur habe haben hat hatte hatten hier hinter ich
    ihm ihn ihnen ihr ihre ihrem ihren im in ins ist ja jede jeden jeder kann kein keine
    konnen konnte mein meine meinem meinen meiner mich mir mit mochte nach nicht noch nur ob
    oder ohne schon sehr sein seine sich sie sind so und uns unser unsere unter vom von vor
    war waren warum was wegen weil wenn wer werden wie wieder wir wird wo wurde wurden zu zum
    zur`,
  fr: `
    a ai ainsi alors apres as au aussi aux avant avec avez avoir avons c ca car ce cela ces
    cet cette chez comme d dans de des du elle elles en encore entre est et ete etes etre eu
    il ils j je l la le les leur leurs lui m ma mais me meme mes moi mon n ne ni nos notre
    nous on ont ou par pas plus pour pourrais pouvez puis qu quand que quel quelle quelles
    quels qui quoi s sa sans se sera ses si son sont sous suis sur t ta te tes toi ton tout
    tres tu un une vers vos votre vous y`,
  es: `
    a al algo ante antes aqui asi aun como con cual cuando de del desde donde dos e el ella
    ellas ellos en entre era eres es esa esas ese eso esos esta estamos estan estar este esto
    estos estoy fue ha habia han hasta hay he la las le les lo los mas me mi mis mucho muy
    nada ni no nos nosotros nuestra nuestro o os otra otro para pero por porque pueden puede
    puedo que quien quiero se sea ser si sin sobre sois somos son soy su sus tambien te tengo
    ti tiene tu tus un una unas uno unos usted ustedes y ya yo`,
  it: `
    a abbiamo ad agli ai al alla alle allo anche avere c che chi ci come con cosa da dagli dai
    dal dalla dalle degli dei del dell della delle dello di dov dove e ed era essere fra gia
    gli ha hai hanno ho i il in io l la le lei li lo loro lui ma me mi mia mie miei mio molto
    ne negli nei nel nell nella nelle no noi non nostra nostro o per perche pero piu poi
    possiamo posso puo qual quale quando quella quelle quello questa queste questi questo qui
    sara se sei si siamo siete sono sta sua sue sugli sui sul sulla suo ti tra tu tua tuo
    tutto un una uno vi voi vorrei`,
  pt: `
    a ao aos aquela aquele as ate com como da das de dela dele depois do dos e ela elas ele
    eles em entre era essa esse esta estamos estao estar estas estava este estes estou eu foi
    ha isso isto ja la lhe mais mas me mesmo meu meus minha minhas muito na nao nas nem no nos
    nossa nosso num numa o os ou para pela pelas pelo pelos pode podem por porque posso qual
    quando que quem quero sao se seja sem ser seu seus so sou sua suas tambem te tem temos
    tenho ter tinha tu um uma umas uns voce voces`,
  nl: `
    aan al als altijd ben bent bij daar dan dat de der deze die dit doch doen door dus een en
    er ge geen haar had hadden heb hebben hebt heeft hem het hier hij hoe hun ik in is ja je
    jij jou jouw jullie kan kon kun kunnen kunt maar me meer met mij mijn moet na naar niet
    nog nu of om omdat ons onze ook op over reeds te toch toen tot u uit uw van veel voor waar
    waarom want waren was wat we wel welke wie wij wil worden wordt zal ze zich zij zijn zo
    zonder zou`,
};

const wordsOf = new Map<Language, ReadonlySet<string>>(
  languages.map((language) => [language, new Set(lists[language].trim().split(/\s+/))]),
);
const wordsOfAny: ReadonlySet<string> = new Set([...wordsOf.values()].flatMap((set) => [...set]));

/** Whether a folded word is a stop word of this language. */
export function isStopWord(folded: string, language: Language): boolean {
  return wordsOf.get(language)?.has(folded) ?? false;
}

/** Whether a folded word is a stop word of any language, and so may be missing from an index. */
export function isStopWordOfAny(folded: string): boolean {
  return wordsOfAny.has(folded);
}

/**
 * The languages that a text may be in: those of whose stop words it has the most different ones.
 * Empty when it has none of any.
 */
export function guessLanguages(foldedWords: Iterable<string>): readonly Language[] {
  const counts = new Map<Language, number>();
  for (const word of new Set(foldedWords)) {
    if (!wordsOfAny.has(word)) continue;
    for (const language of languages) {
      if (isStopWord(word, language)) counts.set(language, (counts.get(language) ?? 0) + 1);
    }
  }
  const most = Math.max(0, ...counts.values());
  return languages.filter((language) => most > 0 && counts.get(language) === most);
}
