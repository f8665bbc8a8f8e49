export interface CatalogueEntry {
  meaning: string;
  hint: string;
  transient: boolean;
  exit: 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

export function entry(
  exit: CatalogueEntry['exit'],
  meaning: string,
  hint: string,
  transient = false,
): CatalogueEntry {
  return { meaning, hint, transient, exit };
}
