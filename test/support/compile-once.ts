/**
 * Has V8 parse a module once in each worker. Jest loads every module anew for each test file, so that files share no
 * state, and has it parsed anew as well, which is most of what loading takes. What was compiled holds no state: it is
 * kept, and each file still gets modules of its own.
 */
import vm from 'node:vm'

const compiled = new Map<string, { source: string; data: Buffer }>()

function kept(name: string | undefined, source: string): Buffer | undefined {
  const known = compiled.get(name ?? '')
  return known?.source === source ? known.data : undefined
}

function keep(name: string | undefined, source: string, data: Buffer | undefined): void {
  if (name && data) compiled.set(name, { source, data })
}

vm.SourceTextModule = class extends vm.SourceTextModule {
  // Node has it; its types do not.
  declare createCachedData: () => Buffer

  constructor(source: string, options: vm.SourceTextModuleOptions = {}) {
    const cachedData = kept(options.identifier, source)
    super(source, { ...options, ...(cachedData && { cachedData }) })
    if (!cachedData) keep(options.identifier, source, this.createCachedData())
  }
}

const { compileFunction } = vm
vm.compileFunction = (source, parameters, options = {}) => {
  const cachedData = kept(options.filename, source)
  if (cachedData) return compileFunction(source, parameters, { ...options, cachedData })
  const made = compileFunction(source, parameters, { ...options, produceCachedData: true })
  keep(options.filename, source, made.cachedData)
  return made
}
