/** Options of the commands that serve something, in this project and in the package. */
import { Option } from 'commander';
import { port, repeated } from './command-line';
import { text } from './language';

const CLOUD_PORT = 8787;

export const pagePort = (): Option =>
  port(
    '--port <port>',
    text({ zh: '网页在 127.0.0.1 上的端口', en: 'of the page on 127.0.0.1' }),
    5180,
  );

/** Of the local cloud beside a page. */
export const cloudPort = (): Option =>
  port('--cloud-port <port>', text({ zh: '本地云的端口', en: 'of the local cloud' }), CLOUD_PORT);

/** Of the local cloud by itself. */
export const cloudOnlyPort = (): Option =>
  port('--port <port>', text({ zh: '127.0.0.1 上的端口', en: 'on 127.0.0.1' }), CLOUD_PORT);

export const poll = (): Option =>
  new Option(
    '--poll',
    text({
      zh: '轮询源码的变化，用于网络盘和容器',
      en: 'ask for changes again and again: on network drives and in containers',
    }),
  ).default(false);

export const permission = (): Option =>
  new Option(
    '--permission <name=value>',
    text({
      zh: '小程序端不经云函数能对集合做什么：READONLY、PRIVATE（默认）、ADMINWRITE 或 ADMINONLY，可以多次指定',
      en: 'who may use a collection without a function: READONLY, PRIVATE (the default), ADMINWRITE or ADMINONLY; may be repeated',
    }),
  ).argParser(repeated);
