import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What may go wrong on a bad day. */
export interface SmtpDials {
  /** Answers this to every MAIL FROM: 451 4.3.0 ... */
  refuses?: string;
  /** Addresses that are not known. */
  unknown?: readonly string[];
  /** Asks for a login, and takes this one. */
  login?: { username: string; password: string };
}

export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers, a blank line, the body; lines end with \n. */
  text: string;
}

/** A mail server on loopback that speaks as much SMTP as a client needs, without TLS. */
export async function openSmtpServer(dials: SmtpDials = {}) {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    talk(socket, dials, mails);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    mails,
    dials,
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function talk(socket: Socket, dials: SmtpDials, mails: ReceivedMail[]): void {
  let mail: ReceivedMail = { from: '', to: [], text: '' };
  let isData = false;
  let isLoggedIn = false;
  let rest = '';
  const say = (line: string) => socket.write(`${line}\r\n`);

  function command(line: string): void {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') {
      if (dials.login) say('250-double');
      return void say(dials.login ? '250 AUTH PLAIN' : '250 double');
    }
    if (verb === 'AUTH') {
      const [, username, password] = Buffer.from(line.split(' ')[2] ?? '', 'base64')
        .toString()
        .split('\0');
      isLoggedIn = username === dials.login?.username && password === dials.login?.password;
      return void say(isLoggedIn ? '235 2.7.0 yes' : '535 5.7.8 no');
    }
    if (verb === 'MAIL') {
      if (dials.refuses !== undefined) return void say(dials.refuses);
      if (dials.login && !isLoggedIn) return void say('530 5.7.0 log in first');
      mail = { from: addressIn(line), to: [], text: '' };
    }
    if (verb === 'RCPT') {
      const address = addressIn(line);
      if (dials.unknown?.includes(address)) return void say('550 5.1.1 nobody of that name');
      mail.to.push(address);
    }
    if (verb === 'DATA') {
      isData = true;
      return void say('354 go on');
    }
    if (verb === 'STAR') return void say('502 5.5.1 no such command');
    if (verb === 'QUIT') return void socket.end('221 bye\r\n');
    say('250 2.0.0 ok');
  }

  socket.on('data', (chunk) => {
    rest += chunk.toString();
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (!isData) command(line);
      else if (line === '.') {
        isData = false;
        mails.push(mail);
        say('250 2.0.0 taken');
      } else mail.text += `${line.replace(/^\.\./, '.')}\n`;
    }
  });
  say('220 double ESMTP');
}

function addressIn(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}
