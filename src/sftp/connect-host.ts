import { connect, type Socket } from 'node:net';
import type { SftpAccess } from './schema.ts';
import { openingFault } from './sftp-errors.ts';

/**
 * A TCP connection of our own: the library sets no no-delay, which costs a factor of ten, and has no deadline for it.
 * Throws `host_unreachable`.
 */
export function connectHost(access: SftpAccess): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = bundleWrites(connect({ host: access.host, port: access.port, noDelay: true }));
    const deadline = setTimeout(
      () => socket.destroy(new Error(`no answer within ${access.timeoutMs / 1000} s`)),
      access.timeoutMs,
    );
    socket.once('connect', () => {
      clearTimeout(deadline);
      resolve(socket);
    });
    // Stays for good: a socket without this listener would end the process when it breaks.
    socket.on('error', (cause) => {
      clearTimeout(deadline);
      reject(openingFault(access, cause));
    });
  });
}

/**
 * The library writes each packet in three pieces, and without delay each would travel alone: what is written in one turn
 * goes out as one.
 */
function bundleWrites(socket: Socket): Socket {
  const write = socket.write.bind(socket);
  let isBundling = false;
  const bundle = (...piece: Parameters<typeof write>) => {
    if (!isBundling) {
      isBundling = true;
      socket.cork();
      process.nextTick(() => {
        isBundling = false;
        socket.uncork();
      });
    }
    return write(...piece);
  };
  return Object.assign(socket, { write: bundle });
}
