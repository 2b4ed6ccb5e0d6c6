/*
 * The unmodified @vonage/server-sdk 3.x against mockd: what it sends arrives as it was meant, and
 * what mockd answers comes out of it as its documentation says. Each test has a session of its
 * own, so none sees what another did.
 */
const assert = require('node:assert/strict');
const test = require('node:test');
const { Vonage } = require('@vonage/server-sdk');
const { MessageSendPartialFailure } = require('@vonage/sms');

const SERVER = process.env.MOCKD_URL;
const SECRET = 'mockdSecret1';
/* 447700900000 is a number that forces nothing; its network and price are those of the UK. */
const TO = '447700900000';
const PRICE = '0.03330000';

async function admin(world, method, path, body) {
  const answer = await fetch(`${world}/__admin/${path}`, {
    method,
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

async function newWorld() {
  return (await admin(SERVER, 'POST', 'sessions')).url;
}

/* The constructor's documented second argument is all it takes to point the client elsewhere. */
function client(world, apiKey = 'mockd001', apiSecret = SECRET) {
  return new Vonage({ apiKey, apiSecret }, { restHost: world, apiHost: world });
}

/*
 * The client compares the number of failures with message-count, which is text on the wire, so a
 * message that failed whole is thrown as a partial failure.
 */
async function failure(vonage, message) {
  try {
    await vonage.sms.send(message);
  } catch (error) {
    assert.ok(error instanceof MessageSendPartialFailure, `${error.name}: ${error.message}`);
    assert.equal(error.message, 'Some SMS messages failed to send');
    assert.equal(error.getResponse().messageCount, '1');
    assert.deepEqual(error.getSuccessfulMessages(), []);
    assert.equal(error.getFailedMessages().length, 1);
    return error.getFailedMessages()[0];
  }
  throw new assert.AssertionError({ message: 'the client took it for a success' });
}

async function onlyMessage(world) {
  const { messages, meta } = await admin(world, 'GET', 'messages');
  assert.equal(meta.total, 1);
  return messages[0];
}

test('a text is sent, charged and seen by the recipient', async () => {
  const world = await newWorld();
  const answer = await client(world).sms.send({ to: TO, from: 'Acme', text: 'Hello & welcome' });

  assert.equal(answer.messageCount, '1');
  assert.equal(answer.messages.length, 1);
  const { messageId, ...rest } = answer.messages[0];
  assert.match(messageId, /^[0-9A-F]{16}$/);
  assert.deepEqual(rest, {
    to: TO,
    status: '0',
    remainingBalance: '99.96670000',
    messagePrice: PRICE,
    network: '23410',
    /* The client adds the deprecated spelling of each key. */
    'message-id': messageId,
    'remaining-balance': '99.96670000',
    'message-price': PRICE,
  });

  const seen = await onlyMessage(world);
  assert.equal(seen.providerMessageId, messageId);
  assert.equal(seen.account, 'mockd001');
  assert.equal(seen.from, 'Acme');
  assert.equal(seen.to, TO);
  assert.equal(seen.text, 'Hello & welcome');
  assert.equal(seen.parts, 1);
  assert.equal(seen.encoding, 'gsm7');
  assert.equal(seen.cost, PRICE);
});

test('exactly one request arrives, with the credentials in a header that is masked', async () => {
  const world = await newWorld();
  await client(world).sms.send({ to: TO, from: 'Acme', text: 'Hello', clientRef: 'order-1' });

  const { requests, meta } = await admin(world, 'GET', 'requests');
  assert.equal(meta.total, 1);
  const { request, response, ...entry } = requests[0];
  assert.equal(entry.provider, 'nexmo');
  assert.equal(entry.endpoint, 'POST /sms/json');
  assert.equal(entry.catalogId, null);
  assert.equal(request.method, 'POST');
  assert.match(request.headers['Content-Type'] ?? request.headers['content-type'], /^application\/json/);
  assert.equal(JSON.parse(request.body)['client-ref'], 'order-1');
  assert.ok(!JSON.stringify(request).includes(SECRET));
  assert.ok(!JSON.stringify(request).includes(Buffer.from(`mockd001:${SECRET}`).toString('base64')));
  assert.equal(JSON.parse(response.body).messages[0]['client-ref'], 'order-1');
});

test('unicode text arrives as it was written', async () => {
  const world = await newWorld();
  const text = 'Привет 🙂';
  const answer = await client(world).sms.send({ to: TO, from: 'Acme', text, type: 'unicode' });

  assert.equal(answer.messages[0].status, '0');
  const seen = await onlyMessage(world);
  assert.equal(seen.text, text);
  assert.equal(seen.encoding, 'ucs2');
});

test('a long text is charged in parts with ids in a row', async () => {
  const world = await newWorld();
  /* 305 characters: 152 + 152 + 1. */
  const answer = await client(world).sms.send({ to: TO, from: 'Acme', text: 'a'.repeat(305) });

  assert.equal(answer.messageCount, '3');
  assert.deepEqual(
    answer.messages.map((part) => part.remainingBalance),
    ['99.96670000', '99.93340000', '99.90010000'],
  );
  const ids = answer.messages.map((part) => BigInt(`0x${part.messageId}`));
  assert.equal(ids[1], ids[0] + 1n);
  assert.equal(ids[2], ids[0] + 2n);
});

test('a message is delivered when the clock has moved', async () => {
  const world = await newWorld();
  await client(world).sms.send({ to: TO, from: 'Acme', text: 'Hello' });
  await admin(world, 'PUT', 'clock', { action: 'advance', duration: 'PT1M' });
  assert.equal((await onlyMessage(world)).status, 'delivered');
});

/* Account, message, and what the client's user is told. */
const REFUSALS = [
  ['2: no text', 'mockd001', { to: TO, from: 'Acme' }, { status: '2', errorText: 'Missing text param' }],
  ['3: letters in the number', 'mockd001', { to: '44770090000x', from: 'Acme', text: 'x' },
    { status: '3', errorText: 'to address is not numeric' }],
  ['6: no such prefix', 'mockd001', { to: '999123456789', from: 'Acme', text: 'x' },
    { to: '999123456789', status: '6', errorText: 'Unroutable message - rejected' }],
  ['7: barred number', 'mockd001', { to: '447700900907', from: 'Acme', text: 'x' },
    { to: '447700900907', status: '7', errorText: 'Number barred.' }],
  ['8: suspended account', 'mksusp01', { to: TO, from: 'Acme', text: 'x' },
    { status: '8', errorText: 'Partner Account Barred' }],
  ['9: no credit', 'mkpoor01', { to: TO, from: 'Acme', text: 'x' },
    { to: TO, errorText: 'Quota Exceeded - rejected', messagePrice: PRICE, status: '9',
      remainingBalance: '0.00000000', network: '23410' }],
  ['11: account not provisioned for HTTP', 'mksmpp01', { to: TO, from: 'Acme', text: 'x' },
    { status: '11', errorText: 'Account Not Enabled For HTTP' }],
  ['12: too long', 'mockd001', { to: TO, from: 'Acme', text: 'a'.repeat(3201) },
    { status: '12', errorText: 'Message Too Long' }],
  ['14: signed requests only', 'mksign01', { to: TO, from: 'Acme', text: 'x' },
    { status: '14', errorText: 'Invalid Signature' }],
  ['15: sender not owned', 'mockd001', { to: '12025550123', from: 'Acme', text: 'x' },
    { to: '12025550123', status: '15', errorText: 'Illegal Sender Address - rejected' }],
  ['23: callback without scheme', 'mockd001', { to: TO, from: 'Acme', text: 'x', callback: 'example.com/r' },
    { status: '23', errorText: 'Bad callback :: Missing Protocol' }],
  ['29: demo account', 'mkdemo01', { to: TO, from: 'Acme', text: 'x' },
    { to: TO, status: '29', errorText: 'Non White-listed Destination - rejected' }],
  ['33: de-activated number', 'mockd001', { to: '447700900933', from: 'Acme', text: 'x' },
    { to: '447700900933', status: '33', errorText: 'Number De-activated' }],
  ['5: asked for by the number', 'mockd001', { to: '447700900005', from: 'Acme', text: 'x' },
    { status: '5', errorText: 'Server Error' }],
];

for (const [name, key, message, want] of REFUSALS) {
  test(`status ${name}`, async () => {
    const world = await newWorld();
    const got = await failure(client(world, key), message);
    for (const member of ['to', 'status', 'errorText', 'messagePrice', 'remainingBalance', 'network'])
      assert.equal(got[member], want[member], member);

    const { requests } = await admin(world, 'GET', 'requests');
    assert.equal(requests.length, 1, 'the client does not retry');
    assert.equal(requests[0].catalogId, `nexmo.sms.${want.status}`);
    assert.equal(requests[0].effects.accepted, 0);
    assert.equal((await admin(world, 'GET', 'messages')).meta.total, 0);
  });
}

test('status 4: a wrong secret, and a key nobody has', async () => {
  const world = await newWorld();
  for (const vonage of [client(world, 'mockd001', 'wrong'), client(world, 'nobody01')]) {
    const got = await failure(vonage, { to: TO, from: 'Acme', text: 'x' });
    assert.equal(got.status, '4');
    assert.equal(got.errorText, 'Bad Credentials');
  }
});

test('status 1: the 31st request of one second', async () => {
  const world = await newWorld();
  const vonage = client(world);
  await admin(world, 'PUT', 'clock', { action: 'freeze' });
  for (let i = 0; i < 30; i++) await vonage.sms.send({ to: TO, from: 'Acme', text: 'x' });
  const got = await failure(vonage, { to: TO, from: 'Acme', text: 'x' });
  assert.equal(got.status, '1');
  assert.match(got.errorText, /^Exceeded maximum MT throughput\[ MAX \[ 30 \] INTERVAL \[ 1000 \] COUNT \[ 30 \]/);

  await admin(world, 'PUT', 'clock', { action: 'advance', duration: 'PT1S' });
  assert.equal((await vonage.sms.send({ to: TO, from: 'Acme', text: 'x' })).messages[0].status, '0');
});
