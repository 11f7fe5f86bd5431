import { createServer } from 'node:net';
import { listenOnLoopback } from './loopback-server';

/** A port of the loopback that is free now, for a program that has to be given one. */
export async function freePort(): Promise<number> {
  const { port, close } = await listenOnLoopback(createServer());
  await close();
  return port;
}

/** @param port 0, which stands for any that is free, is free */
export async function isPortFree(port: number): Promise<boolean> {
  try {
    const { close } = await listenOnLoopback(createServer(), port);
    await close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
}
