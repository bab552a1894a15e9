/** What Python prints, in JavaScript's words for true and false. */
export const inJavaScriptWords = (text: string): string =>
  text.replaceAll(/(?<=^| )(?:True|False)(?=$| )/gm, word => word.toLowerCase());
