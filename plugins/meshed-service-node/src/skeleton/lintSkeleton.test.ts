import { lintSkeleton } from '.';

describe('lintSkeleton', () => {
  const lint = (text: string, path = 'x.yaml') =>
    lintSkeleton(new Map([[path, text]]), ['name', 'ports']);

  it.each([
    [
      'an unquoted value',
      'a: 1\nb: ${{ values.name }}',
      'a value in YAML must end in "| dump"',
      2,
    ],
    [
      'a value that is changed after it was quoted',
      'a: ${{ values.name | dump | upper }}',
      'a value in YAML must end in "| dump"',
      1,
    ],
    [
      'a variable that is not supplied',
      'a: ${{ values.nmae | dump }}',
      'values.nmae is not supplied',
      1,
    ],
    [
      'a computed variable',
      'a: ${{ values[values.name] | dump }}',
      'values.<computed> is not supplied',
      1,
    ],
    [
      'a variable beside values',
      'a: ${{ secrets.token | dump }}',
      'secrets is not supplied; write values.<name>',
      1,
    ],
    [
      'a condition on what is not supplied',
      '{% if values.x %}\n{% endif %}',
      'values.x is not supplied',
      1,
    ],
    [
      'a value inside of quotes',
      'a: "x ${{ values.name | dump }}"',
      'a value in YAML must stand alone after its key or dash, on one line',
      1,
    ],
    [
      'a value beside other text',
      'a: x-${{ values.name | dump }}',
      'a value in YAML must stand alone after its key or dash, on one line',
      1,
    ],
    [
      'a filter that there is not',
      'a: ${{ values.name | yaml | dump }}',
      'there is no filter yaml',
      1,
    ],
    [
      'an include',
      '\n{% include "/etc/passwd" %}',
      'Include is not used in skeletons',
      2,
    ],
    ['no template', 'a: ${{ values.name', 'expected variable end', 1],
  ])('names file and line of %s', (_, text, message, line) => {
    expect(lint(text)).toContainEqual({
      path: 'x.yaml',
      line,
      message,
    });
  });

  it('lets other texts say what they like, as long as it is supplied', () => {
    expect(lint('Hello ${{ values.name }}', 'README.md')).toEqual([]);
    expect(lint('Hello ${{ values.nobody }}', 'README.md')).toHaveLength(1);
  });

  it('reads the names of files, too', () => {
    expect(lint('x', '${{ values.nobody }}/x.md')).toEqual([
      {
        path: '${{ values.nobody }}/x.md',
        line: 1,
        message: 'values.nobody is not supplied',
      },
    ]);
  });

  it('knows what loops name', () => {
    expect(
      lint(
        '{% for port in values.ports %}\n- ${{ port.name | dump }}\n- ${{ loop.index | dump }}\n{% endfor %}',
      ),
    ).toEqual([]);
  });
});
