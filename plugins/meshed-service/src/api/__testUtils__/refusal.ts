import { HttpResponse } from 'msw';

/** An answer as a Backstage backend refuses: its name, its words, its status. */
export function refusal(statusCode: number, name: string, message: string) {
  return HttpResponse.json(
    {
      error: { name, message },
      request: { method: 'GET', url: '/' },
      response: { statusCode },
    },
    { status: statusCode },
  );
}
