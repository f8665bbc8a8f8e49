import { connect, createServer, type Socket } from 'node:net';

/** A TCP connection in the middle, with faults. */
export interface FaultyLine {
  port: number;
  /** Bytes that went to the host and came back from it. */
  sentBytes(): number;
  receivedBytes(): number;
  /** Breaks every connection now. rst: as a firewall does; fin: as a host that ends. */
  cut(how: 'rst' | 'fin'): void;
  /** Breaks as soon as so many more bytes have come by, in either direction. */
  cutAfter(bytes: number, how: 'rst' | 'fin'): void;
  /** Swallows everything from now on, and says nothing. */
  fallSilent(): void;
  /** Holds every piece back for so long. */
  delay(ms: number): void;
  close(): Promise<void>;
}

export async function startProxy(targetPort: number): Promise<FaultyLine> {
  const dials = {
    silent: false,
    delayMs: 0,
    sent: 0,
    received: 0,
    left: Infinity,
    how: 'rst' as 'rst' | 'fin',
  };
  const pairs = new Set<readonly [Socket, Socket]>();
  const cut = (how: 'rst' | 'fin') => {
    for (const [near, far] of pairs) {
      if (how === 'rst') near.resetAndDestroy();
      else near.end();
      far.destroy();
    }
  };
  const forward = (from: Socket, to: Socket, count: (bytes: number) => void) =>
    from.on('data', (piece) => {
      if (dials.silent) return;
      count(piece.length);
      dials.left -= piece.length;
      if (dials.left <= 0) cut(dials.how);
      else if (dials.delayMs > 0) setTimeout(() => to.write(piece), dials.delayMs);
      else if (!to.write(piece)) {
        from.pause();
        to.once('drain', () => from.resume());
      }
    });
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: '127.0.0.1', port: targetPort, noDelay: true });
    const pair = [near, far] as const;
    pairs.add(pair);
    forward(near, far, (bytes) => (dials.sent += bytes));
    forward(far, near, (bytes) => (dials.received += bytes));
    for (const [one, other] of [pair, [far, near] as const]) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        if (!dials.silent) other.destroy();
        if (near.closed && far.closed) pairs.delete(pair);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    sentBytes: () => dials.sent,
    receivedBytes: () => dials.received,
    cut,
    cutAfter: (bytes, how) => Object.assign(dials, { left: bytes, how }),
    fallSilent: () => Object.assign(dials, { silent: true }),
    delay: (ms) => Object.assign(dials, { delayMs: ms }),
    close: () => {
      for (const [near, far] of pairs) {
        near.destroy();
        far.destroy();
      }
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
