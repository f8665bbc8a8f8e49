import type { LoadedConnection } from '../../config/load-connection.ts';
import type { Job, LookResult } from '../../daemon/job.ts';
import { asAppError } from '../../errors/app-error.ts';
import { acknowledgeConnection } from '../../run/acknowledging/acknowledge-connection.ts';
import type { RunTools } from '../../run/run-tools.ts';
import { durationMs } from '../../time/duration.ts';

/** A folder of this machine costs nothing to look at; a host is logged into. */
const LOCAL_POLL = '1m';
const REMOTE_POLL = '5m';

/** One job for each connection whose importing system answers, beside the one that carries its drops. */
export function answerJobs(connections: readonly LoadedConnection[], tools: RunTools): Job[] {
  return connections
    .filter(({ settings }) => settings.acknowledge !== undefined)
    .map((connection) => {
      const { acknowledge, source, destination } = connection.settings;
      const end = acknowledge?.at === 'source' ? source : destination;
      const every = end.type === 'local' ? LOCAL_POLL : REMOTE_POLL;
      return {
        // No connection can have a name that begins with a dot.
        name: `.answers ${connection.name}`,
        schedule: { every },
        zone: tools.zone,
        pollMs: durationMs(every),
        look: () => lookOnce(connection, tools),
      };
    });
}

/** Whatever fails is logged; a connection that is being run is looked at by the next look. */
async function lookOnce(connection: LoadedConnection, tools: RunTools): Promise<LookResult> {
  try {
    await acknowledgeConnection({ connection, onlyNew: true }, tools);
    return { kind: 'done' };
  } catch (thrown) {
    const { code, message, hint } = asAppError(thrown);
    if (code === 'already_running' || tools.signal.aborted) return { kind: 'done' };
    tools.logger.warn(
      { connection: connection.name, code, message, hint },
      'what the importing system answered could not be looked for',
    );
    return { kind: 'trouble', code, isFinal: code === 'login_refused' || code === 'host_key_changed' };
  }
}
