/** Whether some file name fits both patterns, `*` standing for any characters. */
export function patternsOverlap(left: string, right: string): boolean {
  // meets[j]: whether the part of `left` walked so far and the first j characters of `right` can be the same name.
  let meets = startRow(right);
  for (const letter of left) {
    const next = [letter === '*' && meets[0] === true];
    for (const [j, other] of [...right].entries()) {
      const one = letter === '*' || other === '*' ? meets[j + 1] === true || next[j] === true : false;
      next.push(one || (letter === other && meets[j] === true));
    }
    meets = next;
  }
  return meets.at(-1) === true;
}

/** Nothing at all fits the first characters of `right` only as long as they are stars. */
function startRow(right: string): boolean[] {
  const row = [true];
  for (const other of right) row.push(other === '*' && row.at(-1) === true);
  return row;
}
