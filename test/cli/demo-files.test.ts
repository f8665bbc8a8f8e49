import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { demoConfig } from '../../src/cli/commands/demo.ts';
import { sampleMappings } from '../../src/sample/config.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('mappings/demo', () => {
  it('is what the demo writes there, so that a demo leaves the checkout as it was', async () => {
    const files = [
      ...sampleMappings('demo'),
      { path: 'mappings/demo/rosterferry.yaml', content: demoConfig() },
    ];
    for (const { path, content } of files)
      expect(await readFile(join(ROOT, path), 'utf8'), path).to.equal(content);
  });
});
