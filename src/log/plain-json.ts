/** What JSON leaves as it is although a screen obeys it or hides it: DEL, C1 controls, marks of direction, separators. */
const UNSEEN = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The same document with such characters written as `\uXXXX`: they stand within its texts alone. */
export function plainJson(json: string): string {
  return json.replace(UNSEEN, (unseen) => {
    const units = Array.from({ length: unseen.length }, (_, at) => unseen.charCodeAt(at));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}
