import { expect } from 'chai';
import { readKnownHosts } from '../../src/sftp/known-hosts.ts';

const ED25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJFAodVVezOnIj5ZQzxpIOK0r+p2crHFSXmaK7ToTZWy';
const ECDSA =
  'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBHm5g6AUq+pXfKDN4ewsXelIpQB+60elMoDE+Y4Am/KQiphSV9lh7PJKLwLWVV+khSWu2Q9xWkNhYsDsOnnCVDU=';
/** As ssh-keygen -lf prints them. */
const ED25519_PRINT = 'SHA256:UfezH9FhGNheEwz8asflR3vaMaZqVD+MkEslyCTjRk8';
const ECDSA_PRINT = 'SHA256:JvIqGd/y9F3ygmzsOVL9pDFGbXlm5QuM8w+f3mCif2o';
/** As ssh-keygen -H writes sftp.district.example and [sftp.district.example]:2222. */
const HASHED = `|1|DhsKGrA0k5bL61ZoDXX6217Oz+I=|4jt/c3KADt9SpDkrbXwMKszTeR8= ${ED25519}
|1|paAubuVg3LyFAwv0PYFLjOEfCDs=|nRBbFkZdI2bWBRrz3TdHUZo2Qz8= ${ECDSA}`;
const HOST = 'sftp.district.example';

describe('readKnownHosts', () => {
  const trusted = (text: string, host = HOST, port = 22) => readKnownHosts(text, host, port).trusted;

  it('finds a plain name, in any case, with comments and blank lines around it', () => {
    const text = `# hosts\r\n\r\nother,${HOST},10.0.0.1 ${ED25519} a comment\r\n${HOST} ${ECDSA}\r\n`;
    expect(trusted(text)).to.deep.equal([ED25519_PRINT, ECDSA_PRINT]);
    expect(trusted(text, HOST.toUpperCase(), 22)).to.have.length(2);
    expect(trusted(text, 'elsewhere.example', 22)).to.deep.equal([]);
  });

  it('finds hashed names, with and without a port', () => {
    expect(trusted(HASHED)).to.deep.equal([ED25519_PRINT]);
    expect(trusted(HASHED, HOST, 2222)).to.deep.equal([ECDSA_PRINT]);
    expect(trusted(HASHED, HOST, 2223)).to.deep.equal([]);
  });

  it('keeps ports apart', () => {
    const text = `[${HOST}]:2222 ${ECDSA}\n${HOST} ${ED25519}\n[::1]:2222 ${ED25519}`;
    expect(trusted(text, HOST, 2222)).to.deep.equal([ECDSA_PRINT]);
    expect(trusted(text)).to.deep.equal([ED25519_PRINT]);
    expect(trusted(text, '::1', 2222)).to.deep.equal([ED25519_PRINT]);
  });

  it('follows patterns and their exceptions, and takes nothing else for a pattern', () => {
    expect(trusted(`*.district.example ${ED25519}`)).to.deep.equal([ED25519_PRINT]);
    expect(trusted(`sftp?district.example ${ED25519}`)).to.deep.equal([ED25519_PRINT]);
    expect(trusted(`*.district.example,!${HOST} ${ED25519}`)).to.deep.equal([]);
    expect(trusted(`sftp.district.exampl[e] ${ED25519}`)).to.deep.equal([]);
    expect(trusted(`sftpxdistrict.example ${ED25519}`)).to.deep.equal([]);
  });

  it('trusts no key that is revoked, wherever the line stands', () => {
    const keys = readKnownHosts(`${HOST} ${ED25519}\n@revoked * ${ED25519}\n${HOST} ${ECDSA}`, HOST, 22);
    expect(keys.trusted).to.deep.equal([ECDSA_PRINT]);
    expect(keys.revoked).to.deep.equal([ED25519_PRINT]);
  });

  it('says which lines it leaves out', () => {
    const text = [
      `@cert-authority ${HOST} ${ED25519}`,
      `@future ${HOST} ${ED25519}`,
      `${HOST} ssh-ed25519 AAAA`,
      `${HOST} ssh-rsa ${ED25519.split(' ')[1]}`,
      HOST,
      `elsewhere.example ssh-ed25519 AAAA`,
    ].join('\n');
    const keys = readKnownHosts(text, HOST, 22);
    expect(keys.trusted).to.deep.equal([]);
    expect(keys.ignored).to.deep.equal([
      'line 1: host certificates are not supported',
      'line 2: the marker @future is not known',
      'line 3: the key cannot be read',
      'line 4: the key cannot be read',
      'line 5: the key cannot be read',
    ]);
  });
});
