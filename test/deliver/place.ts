/** What a connection says of a host, but for its folder; where it is really reached, the access says. */
export const PLACE = {
  type: 'sftp' as const,
  host: '127.0.0.1',
  port: 22,
  username: 'ferry',
  timeout: '1s',
  publish: 'rename' as const,
};
