/**
 * What the local cloud is measured beside: the shortest server that stores and returns the same
 * documents. It knows no queries, no types, no errors and no faults; JSON comes in, and goes out.
 * Like the local cloud, it answers a write once lmdb has committed it.
 */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { open } from 'lmdb';
import { randomUUID } from 'node:crypto';

const root = open({ path: `${process.env.DATA}/state.lmdb` });
const documents = root.openDB({ name: 'documents' });
const sessions = root.openDB({ name: 'sessions' });
const byExpiry = root.openDB({ name: 'byExpiry', dupSort: true, encoding: 'ordered-binary' });
const app = new Hono();

app.post('/read', async (c) => {
  const { id } = await c.req.json();
  return c.json([documents.get(id)]);
});

app.post('/add', async (c) => {
  const document = await c.req.json();
  const id = randomUUID();
  await documents.put(id, { ...document, _id: id });
  return c.json({ id });
});

app.post('/set', async (c) => {
  const document = await c.req.json();
  await documents.put(document._id, document);
  return c.json({ updated: 1 });
});

app.post('/update', async (c) => {
  const { id, set } = await c.req.json();
  await documents.transaction(() => documents.put(id, { ...documents.get(id), ...set }));
  return c.json({ updated: 1 });
});

app.post('/find', async (c) => {
  const { expiresAt } = await c.req.json();
  return c.json([...byExpiry.getValues(expiresAt)].map((id) => sessions.get(id)));
});

app.post('/session', async (c) => {
  const session = await c.req.json();
  await root.transaction(() => {
    sessions.put(session._id, session);
    byExpiry.put(session.expiresAt, session._id);
  });
  return c.json({ updated: 1 });
});

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.on('message', () => process.send({ url: `http://127.0.0.1:${port}` }));
  process.send('ready');
});
