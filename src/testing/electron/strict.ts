/** Asked for by the language itself, by Playwright's handles or by inspection, never by a program that means Electron. */
const harmless: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  'constructor',
  'nodeType',
  '$$typeof',
  'asymmetricMatch',
])

/**
 * Refuses to be asked for what is not emulated. A missing method would else be `undefined`, and a test could pass
 * because nothing happened.
 * @param name - as it reads in Electron's documentation
 */
export function strict<Target extends object>(name: string, target: Target): Target {
  // Reason for the cast: under each object lies the guard that was made of it, which has its type.
  const known = guards.get(target) as Target | undefined
  if (known) return known
  const guard = createGuard(name, target)
  guards.set(target, guard)
  return guard
}

// One guard for each object, so that a window that is asked for twice is the same window.
const guards = new WeakMap<object, object>()

/** A class whose instances are {@link strict}. */
export function strictClass<Class extends new (...args: never[]) => object>(name: string, target: Class): Class {
  return new Proxy(target, {
    construct: (base, args, newTarget) => strict(name, Reflect.construct(base, args, newTarget)),
  })
}

function createGuard<Target extends object>(name: string, target: Target): Target {
  return new Proxy(target, {
    get(object, property, receiver) {
      if (
        typeof property === 'string' &&
        !(property in object) &&
        !harmless.has(property) &&
        !property.startsWith('_')
      ) {
        throw new Error(`not emulated: ${name}.${property}`)
      }
      return Reflect.get(object, property, receiver)
    },
  })
}
