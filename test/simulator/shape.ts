/** What one connection of the simulator is like: both ends, and the habits of whoever sends and takes files. */
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load-config.ts';
import type { LoadedConnection } from '../../src/config/load-connection.ts';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import type { Dice } from '../year/dice.ts';

type Ends = 'local' | 'sftp';

export interface Shape {
  source: Ends;
  destination: Ends;
  ready: { quiet: string } | { marker: string };
  after: 'remove' | 'leave' | { move: string };
  /** Each drop has names of its own, or all have the same. */
  names: 'dated' | 'same';
  /** The sender may write over a drop that nobody has taken yet. */
  overwrites: boolean;
  publish: 'rename' | 'posix_rename' | 'in_place';
  posixRename: boolean;
  renameReplaces: boolean;
  staging: string | undefined;
  done: string | undefined;
  /** When the importing system takes what is delivered. */
  takes: 'never' | 'later' | 'at once';
  review: 'always' | 'on_breach';
  /** How often a call of a host goes wrong. */
  faultRate: number;
}

export function rollShape(dice: Dice): Shape {
  const source = dice.pick<Ends>(['sftp', 'sftp', 'local']);
  const destination = dice.pick<Ends>(['sftp', 'sftp', 'local']);
  const posixRename = dice.chance(0.5);
  const publish = dice.pick([
    'rename',
    'rename',
    posixRename ? 'posix_rename' : 'rename',
    'in_place',
  ] as const);
  const after = dice.pick<Shape['after']>(['remove', 'remove', 'leave', { move: 'taken' }]);
  const names = after === 'leave' ? 'same' : dice.pick(['dated', 'same'] as const);
  return {
    source,
    destination,
    ready: dice.pick([{ quiet: '5s' }, { marker: '{name}.done' }]),
    after,
    names,
    overwrites: names === 'same' && source === 'sftp' && dice.chance(0.3),
    publish,
    posixRename,
    renameReplaces: dice.chance(0.5),
    staging: publish !== 'in_place' && dice.chance(0.3) ? 'staging' : undefined,
    done: dice.chance(0.3) ? '{name}.done' : undefined,
    takes: dice.pick(['never', 'later', 'at once'] as const),
    review: dice.chance(0.25) ? 'always' : 'on_breach',
    faultRate: dice.pick([0, 0.01, 0.03, 0.1]),
  };
}

const SFTP = `type: sftp, host: host, username: ferry, password: env:NONE, host_key: "SHA256:${'A'.repeat(43)}"`;
const BOUNDLESS = `safeguards: { min_rows: 0, school_gone: off, ${['rejected', 'removed', 'created', 'updated', 'size_change'].map((limit) => `max_${limit}: 100000`).join(', ')} }`;

/** Projects whose folders every story uses anew, each with the settings from which shapes are made. */
export interface Bases {
  project(shape: Shape): Project;
  connection(shape: Shape): LoadedConnection;
  remove(): Promise<void>;
}

/** Reading a configuration takes as long as a run: it is read once for each pair of ends. */
export async function makeBases(): Promise<Bases> {
  const made = new Map<string, { project: Project; connection: LoadedConnection }>();
  for (const source of ['local', 'sftp'])
    for (const destination of ['local', 'sftp']) {
      const from = source === 'local' ? 'type: local, path: inbound' : `${SFTP}, path: /in`;
      const to = destination === 'local' ? 'type: local, path: outbound' : `${SFTP}, path: /out`;
      const text = CONNECTION.replace('type: local, path: inbound, ready: { quiet: 1ms }', from)
        .replace('type: local, path: outbound', to)
        .replace('required: false, ', '')
        .replace(/safeguards: .*/, BOUNDLESS);
      const project = await makeProject({ connection: text });
      const config = await loadConfig(join(project.folder, 'rosterferry.yaml'));
      const connection = config.connections.get('north');
      if (!connection) throw new Error('the simulator has no connection');
      made.set(`${source} ${destination}`, { project, connection });
    }
  const baseOf = ({ source, destination }: Shape) => {
    const base = made.get(`${source} ${destination}`);
    if (!base) throw new Error('no such pair of ends');
    return base;
  };
  return {
    project: (shape) => baseOf(shape).project,
    connection: (shape) => shaped(baseOf(shape).connection, shape),
    async remove() {
      for (const { project } of made.values()) await project.remove();
    },
  };
}

function shaped(base: LoadedConnection, shape: Shape): LoadedConnection {
  const { ready, after, publish, staging, done, review } = shape;
  const { source, destination, safeguards } = base.settings;
  const { staging: _, done: __, ...plain } = { staging: undefined, done: undefined, ...destination };
  const to =
    plain.type === 'sftp'
      ? { ...plain, publish, ...(staging && { staging }), ...(done && { done }) }
      : { ...plain };
  return {
    ...base,
    settings: {
      ...base.settings,
      source: { ...source, ready, after },
      destination: to,
      safeguards: { ...safeguards, review },
    },
  };
}
