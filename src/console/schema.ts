import { z } from 'zod';

/** 127.0.0.1:9464, [::1]:9464, localhost:9464. */
const LISTEN = /^(\[[0-9a-fA-F:]+\]|[^\s:/[\]]+):(\d{1,5})$/;

export const consoleSchema = z.strictObject({
  listen: z
    .string()
    .regex(LISTEN, 'an address and a port: 127.0.0.1:9464')
    .default('127.0.0.1:9464')
    .describe('Where /metrics and /healthz are; of this machine alone unless another address is written.'),
  hosts: z
    .array(z.string().min(1))
    .default([])
    .describe('More names under which it may be asked, such as that of a proxy before it.'),
});
export type ConsoleSettings = z.output<typeof consoleSchema>;

export interface ListenAddress {
  host: string;
  port: number;
}

export function addressOf({ listen }: Pick<ConsoleSettings, 'listen'>): ListenAddress {
  const [, host = '', port = ''] = LISTEN.exec(listen) ?? [];
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}
