import { defineConfig } from 'prisma/config'

/** For Prisma's own command line. The address is needed by `prisma migrate deploy` alone. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
})
