import { isPassword } from '../access/password.ts';
import { requireUser } from '../access/require.ts';
import { makeToken } from '../access/token.ts';
import { type AppHandler, ok } from '../http/exchange.ts';
import { Problem } from '../http/problem.ts';
import { readObject } from '../http/read-body.ts';
import { readText } from '../http/read-value.ts';

interface UserRow {
  readonly id: number;
  readonly email: string;
  readonly facilityId: number;
  readonly subscriptionStatus: string;
  readonly passwordHash?: string;
}

const COLUMNS = `id, email, facility_id as "facilityId", subscription_status as "subscriptionStatus"`;

/** `{token, user}`, or 401 in the same words for an unknown address and a wrong password. */
export const logIn: AppHandler = async ({ pool, settings }, { body }) => {
  const given = readObject(body);
  const email = readText(given.email, 'email', 254).toLowerCase();
  const password = readText(given.password, 'password', 200);
  const sql = `select ${COLUMNS}, password_hash as "passwordHash" from users where email = $1`;
  const [found] = (await pool.query<UserRow>(sql, [email])).rows;
  if (!(await isPassword(password, found?.passwordHash)) || found === undefined)
    throw new Problem(401, 'wrong email or password');
  const { passwordHash: _, ...user } = found;
  return ok({ token: makeToken(user.id, settings.jwtSecret, new Date()), user });
};

/** The user of the token; 401 when they are gone since. */
export const showMe: AppHandler = async (app, request) => {
  const id = requireUser(app, request);
  const [user] = (await app.pool.query<UserRow>(`select ${COLUMNS} from users where id = $1`, [id])).rows;
  if (user === undefined) throw new Problem(401, 'unauthorized');
  return ok(user);
};
