import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explainIssues } from '../config/explain-issue.ts';
import { mappingSchema } from '../config/load-mapping.ts';
import { hintAmong } from '../config/nearest-name.ts';
import { readYaml } from '../config/read-yaml.ts';
import { AppError, throwAll } from '../errors/app-error.ts';
import { diskError } from '../files/disk-error.ts';
import { isRecord, type Preset } from '../inspect/preset.ts';

/** mappings/presets/SYSTEM/RECORD.yaml, beside src/ and dist/ alike. */
const PRESETS = fileURLToPath(new URL('../../mappings/presets', import.meta.url));
const YAML = /\.ya?ml$/;

/**
 * The presets that a person means: SYSTEM/RECORD is one, SYSTEM alone every record of it, and a path that ends in .yaml
 * a mapping of their own. Throws `config_invalid` with the names that there are, and what is wrong with a file.
 */
export async function loadPresets(written: string): Promise<Preset[]> {
  if (YAML.test(written)) return [await loadPreset(resolve(written), basename(written).replace(YAML, ''))];
  const names = await listPresets();
  const wanted = names.filter((name) => name === written || name.startsWith(`${written}/`));
  if (wanted.length === 0) {
    const systems = [...new Set(names.map((name) => name.split('/')[0] ?? name))];
    const known = written.includes('/') ? names : [...systems, ...names];
    throw new AppError('config_invalid', `There is no preset ${written}`, {
      hint: hintAmong(written, known),
    });
  }
  return Promise.all(wanted.map((name) => loadPreset(join(PRESETS, `${name}.yaml`), name)));
}

/** Every preset that comes with the program, as SYSTEM/RECORD. */
export async function listPresets(): Promise<string[]> {
  try {
    const found = await readdir(PRESETS, { recursive: true });
    return found
      .filter((path) => YAML.test(path))
      .map((path) => path.replaceAll('\\', '/').replace(YAML, ''))
      .sort();
  } catch (cause) {
    throw diskError(`Cannot list the presets in ${PRESETS}`, cause);
  }
}

async function loadPreset(path: string, name: string): Promise<Preset> {
  const file = await readYaml(path, path);
  throwAll(file.mistakes);
  const checked = mappingSchema.safeParse(file.value);
  if (!checked.success)
    throwAll(
      explainIssues(checked.error.issues, { schema: mappingSchema, value: file.value, file, prefix: [] }),
    );
  if (!checked.success || !isRecord(file.value)) throw new AppError('defect', `The preset ${name} is no map`);
  const { fields, identity, write } = file.value;
  return {
    name,
    title: checked.data.title ?? name,
    record: checked.data.record,
    write,
    identity: isRecord(identity) ? identity : {},
    fields: isRecord(fields) ? fields : {},
  };
}
