/** The two ports of the portal: chosen, and free. */
import { createServer } from 'node:net';
import { Stop } from './stop.mjs';

/**
 * @param chosen what the person said: `--port`, else `MESHWAY_PORT`, and the same for the backend.
 * @returns both ports as numbers.
 */
export async function choosePorts(chosen) {
  const app = portOf('--port', chosen.port ?? process.env.MESHWAY_PORT ?? 3000);
  const backend = portOf(
    '--backend-port',
    chosen['backend-port'] ?? process.env.MESHWAY_BACKEND_PORT ?? 7007,
  );
  if (app === backend) {
    throw new Stop(
      `--port and --backend-port are both ${app}: they must differ.`,
    );
  }
  await assertFree(app, '--port', 'MESHWAY_PORT');
  await assertFree(backend, '--backend-port', 'MESHWAY_BACKEND_PORT');
  return { app, backend };
}

function portOf(option, value) {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw new Stop(
    `${option}: "${value}" is no port. A port is a number from 1 to 65535.`,
  );
}

async function assertFree(port, option, variable) {
  for (const host of ['127.0.0.1', '::1', '0.0.0.0']) {
    const code = await listen(port, host);
    if (code === 'EADDRINUSE') {
      throw new Stop(
        `Port ${port} is taken by another program. Stop that program, or choose another port: ./dev start ${option} ${
          port + 1
        } (or ${variable}=${port + 1}).`,
      );
    }
    if (code === 'EACCES') {
      throw new Stop(
        `Port ${port} is reserved for the system on this machine. Choose one from 1024 on: ./dev start ${option} 3000.`,
      );
    }
  }
}

/** @returns the code of the error, or undefined when the port could be had (or the host does not exist here). */
function listen(port, host) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', error => resolve(error.code));
    server.listen({ port, host, exclusive: true }, () =>
      server.close(() => resolve(undefined)),
    );
  });
}
