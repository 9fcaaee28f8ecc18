// For mongosh: what a desk's own account may do, and nothing else. Loaded by set-up.js and desk-account.js; a test compares
// it with every command that a desk sends.

/** Actions by collection. A collection that is not named here is closed to desks. */
const allowed = {
  meta: ['find'],
  settings: ['find'],
  flights: ['find', 'update'],
  changes: ['find'],
  decisions: ['find'],
  deliveries: ['find'],
  bookings: ['find'],
  broadcasts: ['find', 'insert'],
  staff: ['find'],
  sessions: ['find', 'insert', 'update', 'remove'],
}

globalThis.flightlineRoles = {
  /** Makes the role `flightlineDesk` in this database, or brings it up to date. */
  makeDeskRole(database) {
    const privileges = Object.entries(allowed).map(([collection, actions]) => ({
      resource: { db: database.getName(), collection },
      actions,
    }))
    if (database.getRole('flightlineDesk')) database.updateRole('flightlineDesk', { privileges, roles: [] })
    else database.createRole({ role: 'flightlineDesk', privileges, roles: [] })
  },

  /** Makes an account for one desk, or gives it another password. `addresses`: where alone it may connect from. */
  makeDeskAccount(database, { user, password, addresses = [] }) {
    const roles = [{ role: 'flightlineDesk', db: database.getName() }]
    const authenticationRestrictions = addresses.length > 0 ? [{ clientSource: addresses }] : []
    const account = { pwd: password, roles, authenticationRestrictions }
    if (database.getUser(user)) database.updateUser(user, account)
    else database.createUser({ user, ...account })
  },
}
