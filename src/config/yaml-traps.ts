import { type Document, isMap, isPair, isScalar, type Node, visit, type YAMLMap } from 'yaml';

/** What is right as YAML and would not mean here what it says. */
export interface YamlTrap {
  /** Of the text. */
  offset: number;
  sentence: string;
}

/** Aliases without an anchor must have been refused before. */
export function findTraps(document: Document): YamlTrap[] {
  const traps: YamlTrap[] = [];
  const add = (node: Node, sentence: string) => traps.push({ offset: node.range?.[0] ?? 0, sentence });
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key)) return;
      // A map of the language has such a thing already, and would swallow the key without a word.
      if (key.source === '__proto__') add(key, '__proto__ cannot be a name or a code here');
      if (key.source === 'fields' && isMap(value))
        for (const moved of movedKeys(value))
          add(moved, 'a field whose name is a whole number must stand before all others, in rising order');
    },
    Alias(_, alias, path) {
      const anchored = alias.resolve(document);
      if (path.some((above) => above === anchored || (isPair(above) && above.value === anchored)))
        add(alias, 'the alias stands within what it is an alias of, and would never end');
    },
  });
  return traps;
}

/** A map of the language gives whole numbers first, rising, whatever the order in which they were written. */
function movedKeys(map: YAMLMap): Node[] {
  const keys = map.items.flatMap(({ key }) => (isScalar(key) ? [key] : []));
  const written = keys.map((key) => String(key.source ?? key.value));
  const kept = Object.keys(Object.fromEntries(written.map((name) => [name, 0])));
  return keys.filter((_, at) => /^\d+$/.test(written[at] ?? '') && kept.indexOf(written[at] ?? '') !== at);
}
