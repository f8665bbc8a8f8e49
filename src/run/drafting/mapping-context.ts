import type { LoadedFile } from '../../config/load-connection.ts';
import { resolveHashSecrets } from '../../config/resolve-hash-secrets.ts';
import { compileCategories } from '../../eligibility/categories.ts';
import type { MappingContext } from '../../mapping/compile-mapping.ts';
import type { CompiledFold } from '../../mapping/fold-repeats.ts';
import type { InputFile } from '../../parse/open-input.ts';
import type { DropContext } from './drop-context.ts';
import type { JoinedFiles } from './joined-files.ts';

/** What a mapping asks beside the row: the day, codes, the rows of other files, secrets, the category of the student. */
export async function mappingContextOf(
  plan: LoadedFile,
  { header: { find } }: Pick<InputFile, 'header'>,
  context: DropContext & {
    reference?: { name: string; input: Pick<InputFile, 'header'> } | undefined;
    joined?: Pick<JoinedFiles, 'find'> | undefined;
    /** Of this file: what its mapping repeats. */
    groups?: CompiledFold['groups'] | undefined;
  },
): Promise<MappingContext> {
  const { day, env, reference, joined, groups } = context;
  return {
    find,
    day,
    codeTables: plan.codeTables,
    temporaryId: (prefix, key) => context.temporaryIds?.idOf(prefix, key) ?? '',
    keyedHash: await resolveHashSecrets(plan, env),
    joined(file) {
      const group = groups?.get(file);
      if (group) return group;
      if (file === reference?.name) return reference.input.header;
      const found = joined?.find(file);
      return found && { find: found };
    },
    ...categoryOf(plan, find, context),
  };
}

/** Its columns are only asked for where a field shows it. */
function categoryOf(
  { mapping }: LoadedFile,
  find: MappingContext['find'],
  { connection, day }: DropContext,
): Pick<MappingContext, 'category'> {
  const { categories } = connection.settings.eligibility;
  const isShown = Object.values(mapping.fields).some(
    (field) => field.type === 'transformation' && field.apply.some(({ name }) => name === 'groups'),
  );
  if (!categories || !isShown) return {};
  const { birth_date } = mapping.identity;
  const formats = birth_date ? { dateFormats: [birth_date.format].flat() } : {};
  const compiled = compileCategories(categories, { find, today: day.date, ...formats });
  return { category: (values) => compiled(values)?.name };
}
