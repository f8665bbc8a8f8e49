/** Who sends drops: piece by piece, while everything else goes on. */
import type { Dice } from '../year/dice.ts';
import { FILES, type SimDrop } from './drops.ts';
import type { Shape } from './shape.ts';

/** The drop folder, seen from the sender's side. */
export interface DropFolder {
  has(name: string): boolean;
  put(name: string, text: string): void;
  remove(name: string): void;
}

export interface Sender {
  /** Answers whether it will: names that are in the way are waited for, unless the sender is of those that write over them. */
  begin(drop: SimDrop): boolean;
  /** The next piece; nothing where nothing is on its way. */
  go(): void;
  isBusy(): boolean;
}

export function openSender(shape: Shape, folder: DropFolder, dice: Dice): Sender {
  let pieces: (() => void)[] = [];
  let last: SimDrop | undefined;
  return {
    begin(drop) {
      const names = FILES.map((file) => nameOf(shape, file, drop));
      const isInTheWay = names.some((name) => folder.has(name));
      if (pieces.length > 0 || (isInTheWay && shape.after !== 'leave' && !shape.overwrites)) return false;
      if (isInTheWay && last) last.isOverwritten = true;
      pieces = piecesOf(shape, drop, { folder, dice });
      last = drop;
      return true;
    },
    go: () => pieces.shift()?.(),
    isBusy: () => pieces.length > 0,
  };
}

function nameOf({ names }: Shape, file: string, { tag }: SimDrop): string {
  return names === 'same' ? `${file}.csv` : `${file}_${tag}.csv`;
}

function piecesOf(shape: Shape, drop: SimDrop, { folder, dice }: { folder: DropFolder; dice: Dice }) {
  const marker = 'marker' in shape.ready ? shape.ready.marker : undefined;
  const named = FILES.map((file) => ({ name: nameOf(shape, file, drop), text: drop.files[file] }));
  const isAtOnce = shape.source === 'local';
  const writes = named.flatMap(({ name, text }) => {
    const cut = 1 + dice.below(text.length - 1);
    const whole = () => folder.put(name, text);
    return isAtOnce ? [whole] : [() => folder.put(name, text.slice(0, cut)), whole];
  });
  if (marker === undefined) return writes;
  const markers = named.map(({ name }) => marker.replace('{name}', name));
  return [
    ...markers.map((name) => () => folder.remove(name)),
    ...writes,
    ...markers.map((name) => () => folder.put(name, '')),
  ];
}
