/** Every setting that our packages declare, read from their `config.d.ts`. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ts = createRequire(import.meta.url)('typescript');
const root = fileURLToPath(new URL('../..', import.meta.url));

/** @returns `{ key, says }` of each setting, for instance `meshedService.clusters[].name`. */
export function configKeys() {
  return ['packages', 'plugins']
    .flatMap(parent =>
      readdirSync(join(root, parent)).map(name =>
        join(root, parent, name, 'config.d.ts'),
      ),
    )
    .filter(existsSync)
    .flatMap(file => keysOf(file));
}

function keysOf(file) {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const config = source.statements.find(
    node => ts.isInterfaceDeclaration(node) && node.name.text === 'Config',
  );
  return config ? membersOf(config.members, '') : [];
}

function membersOf(members, prefix) {
  return members.filter(ts.isPropertySignature).flatMap(member => {
    const key = `${prefix}${member.name.getText()}`;
    const nested = nestedIn(member.type);
    return nested
      ? membersOf(nested.members, `${key}${nested.suffix}.`)
      : [{ key, says: commentOf(member) }];
  });
}

/** @returns the members of an object, or of the objects of a list. */
function nestedIn(type) {
  if (ts.isTypeLiteralNode(type)) return { members: type.members, suffix: '' };
  const item =
    ts.isTypeReferenceNode(type) && type.typeName.getText() === 'Array'
      ? type.typeArguments[0]
      : undefined;
  return item && ts.isTypeLiteralNode(item)
    ? { members: item.members, suffix: '[]' }
    : undefined;
}

function commentOf(member) {
  return ts
    .getJSDocCommentsAndTags(member)
    .map(doc => ts.getTextOfJSDocComment(doc.comment) ?? '')
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}
