import { type WriteSettings, writeSchema } from '../../src/render/schema.ts';

export function write(settings: object): WriteSettings {
  return writeSchema.parse({ file: 'students.csv', ...settings });
}
