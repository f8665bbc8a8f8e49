import { findEatenZeros } from '../../compare/eaten-zeros.ts';
import { findIdentityChange, openPopulation, type Population } from '../../compare/identity-family.ts';
import { compilePersonKey } from '../../compare/person-key.ts';
import { FATES } from '../../tally/last-table.ts';
import type { AssembledFile } from '../comparing/assemble-file.ts';
import type { LastDelivered, RunMemory } from '../run-memory.ts';
import type { FileDraft } from './file-draft.ts';
import { isSuspicious } from './is-suspicious.ts';
import { batchesOf, openDraftedReader } from './read-drafted.ts';

/**
 * Whether the drop is one of the accidents that look like a mass of removals, creations and updates. Names and birth
 * dates are only read again where the numbers ask for it.
 * @returns a sentence for the hold, without a value of anybody
 */
export async function recogniseAccident(
  drafts: readonly FileDraft[],
  assembled: readonly AssembledFile[],
  memory: RunMemory,
): Promise<string | undefined> {
  for (const draft of drafts) {
    const last = memory.files.get(draft.name);
    const file = assembled.find(({ name }) => name === draft.name);
    if (draft.plan.mapping.record !== 'students' || !last || !file) continue;
    const eaten = file.books.totals.created > 0 ? findEaten(draft, last) : undefined;
    if (eaten !== undefined) return eaten;
    const { books, otherPersons } = file;
    if (!isSuspicious(last.table.present(), { ...books.totals, otherPersons })) continue;
    const before = await populationOfLast(last);
    const after = populationOfDrop(draft);
    const finding = before && after && findIdentityChange(before, after);
    if (finding) return finding.sentence;
  }
  return undefined;
}

/** Whether new ids are known ones without their zeros; an id that the drop has too is another student. */
function findEaten({ roll }: FileDraft, { table }: LastDelivered): string | undefined {
  if (table.size() === 0) return undefined;
  const fates = table.fates();
  const wasDelivered = (id: string) => fates[table.findStudent(id)] === FATES.absent;
  return findEatenZeros(newIds(roll, table), wasDelivered)?.sentence;
}

function* newIds(roll: FileDraft['roll'], table: LastDelivered['table']): Generator<string> {
  for (const { id, verdict } of roll.entries())
    if (verdict.kind === 'carried' && table.findStudent(id) < 0) yield id;
}

async function populationOfLast({ view }: LastDelivered): Promise<Population | undefined> {
  const personKey = compilePersonKey(view.targets);
  if (!personKey) return undefined;
  const population = openPopulation();
  for await (const batch of view.index()) {
    const records = await view.fetch(batch.map(({ id }) => id));
    for (const { id, values } of records.values()) population.add({ id, personKey: personKey(values) });
  }
  return population;
}

function populationOfDrop(draft: FileDraft): Population | undefined {
  const personKey = compilePersonKey(draft.rules.targets);
  if (!personKey) return undefined;
  const population = openPopulation();
  const reader = openDraftedReader(draft);
  for (const entries of batchesOf(draft.roll.entries())) {
    const valuesOf = reader.openBatch(entries);
    for (const entry of entries)
      if (entry.verdict.kind === 'carried')
        population.add({ id: entry.id, personKey: personKey(valuesOf(entry)) });
  }
  return population;
}
