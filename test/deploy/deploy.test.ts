/** What deploy/ names exists, under the names that it has in the program. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { openMetrics } from '../../src/console/open-metrics.ts';
import { consoleSchema } from '../../src/console/schema.ts';
import { ALERT_KINDS } from '../../src/vocabulary/alert.ts';
import { aTotals } from '../console/a-run.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFile(join(ROOT, 'deploy', path), 'utf8');
const isThere = (path: string) =>
  stat(join(ROOT, path)).then(
    () => true,
    () => false,
  );

/** The names of all series that there can be, with a run and a connection to measure. */
async function seriesNames(): Promise<Set<string>> {
  const metrics = openMetrics({
    program: { version: '1', node: 'v24' },
    outbox: async () => ({ count: 0, oldestMs: undefined }),
    connections: async () => [
      {
        name: 'north',
        isEnabled: true,
        states: [],
        lateSinceMs: undefined,
        heldSinceMs: undefined,
        nextDueMs: 1,
        lastLookMs: 1,
      },
    ],
    runs: async () =>
      (async function* () {
        yield {
          id: '1',
          connection: 'north',
          outcome: 'delivered' as const,
          businessDate: '2026-11-22',
          startedAt: '2026-11-22T08:30:00Z',
          finishedAt: '2026-11-22T08:31:00Z',
          manifestSha256: '',
          totals: { students: aTotals({ read: 1 }) },
        };
      })(),
  });
  const text = await metrics.read(Date.now());
  return new Set([...text.matchAll(/^([a-z_]+)[{ ]/gm)].map(([, name = '']) => name));
}

describe('deploy', () => {
  it('measures by names that there are, and leaves none of ours unused that tells of trouble', async () => {
    const known = await seriesNames();
    const files = [await read('grafana/rosterferry.json'), await read('prometheus/rosterferry-alerts.yml')];
    const used = new Set(files.join('\n').match(/\brosterferry_[a-z_]+/g));
    expect(used.size).to.be.greaterThan(10);
    expect([...used].filter((name) => !known.has(name))).to.deep.equal([]);
    for (const name of ['lateness_seconds', 'held_age_seconds', 'alert', 'last_success_timestamp_seconds'])
      expect(used).to.include(`rosterferry_${name}`);
    const kinds = [...files.join('\n').matchAll(/kind=~?\\?"([a-z_|]+)/g)].flatMap(([, kind = '']) =>
      kind.split('|'),
    );
    expect(kinds).to.not.deep.equal([]);
    expect(ALERT_KINDS).to.include.members(kinds);
  });

  it('has a dashboard and rules that are whole', async () => {
    const { panels, uid } = JSON.parse(await read('grafana/rosterferry.json'));
    expect(uid).to.equal('rosterferry');
    expect(new Set(panels.map(({ id }: { id: number }) => id)).size).to.equal(panels.length);
    for (const { title, targets } of panels) {
      expect(title).to.be.a('string');
      for (const { expr } of targets) expect(isBalanced(expr), expr).to.equal(true);
    }
    const { groups } = parse(await read('prometheus/rosterferry-alerts.yml'));
    for (const { alert, expr, labels, annotations } of groups[0].rules) {
      expect(alert).to.match(/^Rosterferry[A-Z]/);
      expect(isBalanced(expr), expr).to.equal(true);
      expect(labels.severity).to.be.oneOf(['warning', 'critical']);
      expect(annotations.summary).to.match(/\.$/);
    }
    const { scrape_configs } = parse(await read('prometheus/prometheus.yml'));
    expect(scrape_configs[0].static_configs[0].targets).to.deep.equal([consoleSchema.parse({}).listen]);
  });

  it('has a unit whose paths are those of an installation, and that may write to its own folder alone', async () => {
    const unit = await read('systemd/rosterferry.service');
    const settings = new Map(
      [...unit.matchAll(/^(\w+)=(.*)$/gm)].map(([, key = '', value = '']) => [key, value]),
    );
    const [node = '', main = '', ...args] = settings.get('ExecStart')?.split(' ') ?? [];
    const inCheckout = (path: string) => isThere(path.replace('/opt/rosterferry/', ''));
    expect(await inCheckout(node), node).to.equal(true);
    expect(await inCheckout(main), main).to.equal(true);
    expect(args).to.deep.equal(['--config', '/etc/rosterferry/rosterferry.yaml', 'start']);
    expect(await inCheckout(settings.get('Documentation')?.replace('file:', '') ?? '')).to.equal(true);
    expect(Object.fromEntries(settings)).to.include({
      User: 'rosterferry',
      ProtectSystem: 'strict',
      NoNewPrivileges: 'yes',
      CapabilityBoundingSet: '',
      StateDirectory: 'rosterferry',
      WorkingDirectory: '/var/lib/rosterferry',
    });
    expect(unit).to.not.match(/^ReadWritePaths/m);
    expect(await read('systemd/rosterferry-sysusers.conf')).to.match(
      /^u rosterferry - .* \/var\/lib\/rosterferry$/m,
    );
  });

  it('has a unit that systemd understands', async function () {
    const folder = await mkdtemp(join(tmpdir(), 'unit-'));
    try {
      const unit = (await read('systemd/rosterferry.service')).replaceAll('/opt/rosterferry', ROOT);
      const path = join(folder, 'rosterferry.service');
      await writeFile(path, unit);
      let said: string;
      try {
        said = execFileSync('systemd-analyze', ['verify', '--man=no', path], {
          encoding: 'utf8',
          stdio: 'pipe',
        });
      } catch (fault) {
        const { code, stderr } = Object(fault);
        if (code === 'ENOENT') return this.skip();
        said = String(stderr);
      }
      expect(said.split('\n').filter((line) => line.includes('rosterferry.service'))).to.deep.equal([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('has an image of what is there, that runs as nobody', async () => {
    const dockerfile = await read('Dockerfile');
    const stages = dockerfile.split(/^FROM /m).slice(1);
    const last = stages.at(-1) ?? '';
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, names = '']) =>
      names.split(' '),
    );
    expect(copied).to.include.members(['src', 'data', 'mappings', 'package-lock.json']);
    const ignore = await read('Dockerfile.dockerignore');
    for (const name of copied) {
      expect(await isThere(name), name).to.equal(true);
      expect(ignore).to.match(new RegExp(`^!${name.replace('.', '\\.')}$`, 'm'));
    }
    expect(last).to.match(/^USER 65534:65534$/m);
    const [, entry = '[]'] = /^ENTRYPOINT (.*)$/m.exec(last) ?? [];
    const { bin, scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    expect(JSON.parse(entry)).to.include(`/opt/rosterferry/${bin.rosterferry}`);
    for (const [, script = ''] of dockerfile.matchAll(/npm run (\w+)/g))
      expect(scripts).to.have.property(script);
  });
});

/** Brackets and quotes close in the order in which they open; what is quoted may have any. */
function isBalanced(text: string): boolean {
  const open: string[] = [];
  for (const character of text.replaceAll(/"[^"]*"/g, '')) {
    if ('({['.includes(character)) open.push(character);
    const partner = { ')': '(', '}': '{', ']': '[' }[character];
    if (partner !== undefined && open.pop() !== partner) return false;
  }
  return open.length === 0 && !text.replaceAll(/"[^"]*"/g, '').includes('"');
}
