/**
 * Console: a window on the ledger and the archive.
 *
 * in:       requests over HTTP, from this machine unless people say otherwise
 * out:      /metrics for Prometheus, /healthz for whoever restarts what is broken
 * promises: answers only to names that it was given, so that no page of the web can ask through a browser
 * never:    changes anything; shows a value of a student
 */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { AppError, asAppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';
import type { ConsoleFacts } from './facts.ts';
import { openHostCheck } from './host-check.ts';
import { openMetrics } from './open-metrics.ts';
import { addressOf, type ConsoleSettings } from './schema.ts';

export interface Console {
  /** The port that it listens on, also where 0 was asked for. */
  port: number;
  close(): Promise<void>;
}

/** Listens when the promise is fulfilled. Throws console_unavailable where the address cannot be had. */
export async function openConsole(
  settings: ConsoleSettings,
  facts: ConsoleFacts,
  clock: Pick<Clock, 'now'>,
): Promise<Console> {
  const app = describeConsole(settings, facts, clock);
  const { host, port } = addressOf(settings);
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, (info) =>
      resolve({
        port: info.port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            // A browser keeps its connection open as long as it can.
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      }),
    );
    server.on('error', (cause: Error) =>
      reject(
        new AppError('console_unavailable', `Cannot listen at ${settings.listen}: ${cause.message}`, {
          cause,
        }),
      ),
    );
  });
}

function describeConsole(settings: ConsoleSettings, facts: ConsoleFacts, clock: Pick<Clock, 'now'>): Hono {
  const metrics = openMetrics(facts);
  const isOurHost = openHostCheck(settings);
  const app = new Hono();
  app.use(secureHeaders());
  app.use(async (context, next) => {
    if (!isOurHost(context.req.header('host'))) return context.text('This name is not served here.\n', 421);
    context.header('cache-control', 'no-store');
    return next();
  });
  app.get('/metrics', async (context) => {
    const text = await metrics.read(clock.now());
    return context.body(text, 200, { 'content-type': metrics.contentType });
  });
  app.get('/healthz', async (context) => {
    // What it asks for needs the archive and the ledger: whoever answers can work.
    const connections = await facts.connections();
    await facts.outbox();
    return context.json({ status: 'ok', connections: connections.length, version: facts.program.version });
  });
  app.onError((thrown, context) => {
    const { code } = asAppError(thrown);
    return context.json({ status: 'failing', code }, 503);
  });
  return app;
}
