import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { outboxTables } from '../../src/outbox/erase.ts'

const source = fileURLToPath(new URL('../../src', import.meta.url))

/** How code names a table: Prisma's delegate after a dot, or its quoted name in SQL. */
function namesTable(text: string, table: string): boolean {
  const delegate = table[0]?.toLowerCase() + table.slice(1)
  return new RegExp(`\\.${delegate}\\b(?!\\?)|["'\`]${table}\\\\?["'\`]`).test(text)
}

function allTables(): string[] {
  const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8')
  return [...schema.matchAll(/^model (\w+)/gm)].map(([, name = '']) => name)
}

let files: { path: string; text: string }[]
beforeAll(async () => {
  files = []
  for await (const file of glob(`${source}/**/*.ts`)) {
    const path = relative(source, file)
    if (!path.startsWith('infra/prisma/')) files.push({ path, text: readFileSync(file, 'utf8') })
  }
})

describe("the outbox's tables", () => {
  test('are models of the schema', () => {
    expect(allTables()).toEqual(expect.arrayContaining([...outboxTables]))
  })

  test.each([...outboxTables])('%s is named by the outbox alone', (table) => {
    const naming = files.filter(({ text }) => namesTable(text, table)).map(({ path }) => path)
    expect(naming).not.toEqual([])
    expect(naming.filter((path) => !path.startsWith('outbox/'))).toEqual([])
  })

  test('are the only ones that the outbox names', () => {
    const others = allTables().filter((table) => !outboxTables.includes(table))
    const naming = files
      .filter(({ path }) => path.startsWith('outbox/'))
      .flatMap(({ path, text }) =>
        others.filter((table) => namesTable(text, table)).map((table) => `${path}: ${table}`),
      )
    expect(naming).toEqual([])
  })
})
