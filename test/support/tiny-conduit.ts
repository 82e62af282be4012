import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';

interface Article {
  readonly slug: string;
  readonly title: string;
}

/** As much of Conduit as its example scenario asks for; keeps what it is given. */
export function makeTinyConduit() {
  const articles: Article[] = [];
  const comments = new Map<string, string>();
  let last = 0;
  const author = { username: 'smoky' };
  const show = (article: Article): object => ({ ...article, author, favoritesCount: 0 });
  const find = (slug: string | undefined): Article | undefined => articles.find((one) => one.slug === slug);

  function write(body: unknown): readonly [number, object] {
    const { title } = (body as { article: { title: string } }).article;
    last += 1;
    const article = { slug: `smoke-${last}`, title };
    articles.unshift(article);
    return [201, { article: show(article) }];
  }

  function remove(slug: string | undefined): readonly [number, object] {
    const at = articles.findIndex((one) => one.slug === slug);
    if (at < 0) return [404, {}];
    articles.splice(at, 1);
    for (const [id, of] of comments) if (of === slug) comments.delete(id);
    return [204, {}];
  }

  function answer(method: string, path: string, body: unknown): readonly [number, object] {
    const [, , , slug, , comment] = path.split('/');
    const at = `${method} ${path.replace(/^(\/api\/articles)\/[^/]+(\/comments)?.*$/, '$1/:slug$2')}`;
    if (at === 'GET /api/articles') return [200, { articles: articles.map(show) }];
    if (at === 'POST /api/articles') return write(body);
    if (at === 'DELETE /api/articles/:slug') return remove(slug);
    if (at === 'GET /api/user') return [200, { user: author }];
    if (at === 'DELETE /api/articles/:slug/comments') return [comments.delete(comment ?? '') ? 204 : 404, {}];
    const found = find(slug);
    if (found === undefined) return [404, { errors: { article: ['not found'] } }];
    if (at === 'GET /api/articles/:slug') return [200, { article: show(found) }];
    last += 1;
    comments.set(String(last), found.slug);
    return [201, { comment: { id: last } }];
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const path = url.split('?')[0] ?? '/';
    const body = method === 'POST' ? await json(request) : undefined;
    const user = { ...author, email: 'smoke@example.com', token: 'a.jwt' };
    const isOpen = path === '/api/tags' || path === '/api/users/login' || method === 'GET';
    const isKnown = isOpen || headers.authorization === 'Token a.jwt';
    const [status, said] = !isKnown
      ? [401, {}]
      : path === '/api/tags'
        ? [200, { tags: [] }]
        : path === '/api/users/login'
          ? [200, { user }]
          : answer(method, path, body);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(status === 204 ? undefined : JSON.stringify(said));
  }

  return {
    serve: (request: IncomingMessage, response: ServerResponse) => void serve(request, response),
    articles,
    comments,
  };
}
