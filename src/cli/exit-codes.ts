/** What the process answers with; every command's help ends with this table. The codes of errors are in the catalogue. */
export const EXIT_CODES: readonly (readonly [number, string])[] = [
  [0, 'done: delivered, or nothing to do'],
  [1, 'a defect of the program'],
  [2, 'usage, configuration or mapping is wrong'],
  [3, 'the run failed and nothing was delivered'],
  [4, 'the run is held for a person'],
  [5, 'verify found the archive altered'],
  [6, 'a host cannot be reached or refuses the login'],
  [7, 'this connection is already running'],
  [130, 'stopped by a signal'],
];

export function exitCodesText(): string {
  const lines = EXIT_CODES.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`);
  return `\nExit codes:\n${lines.join('\n')}\n`;
}
