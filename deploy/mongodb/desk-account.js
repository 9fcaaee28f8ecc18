// Run by mongosh, as an administrator of the database, for each desk in direct mode:
//
//   DESK_USER=desk-jfk-b12 mongosh "mongodb://root@db.example.com/flightline?authSource=admin" deploy/mongodb/desk-account.js
//
// Asks for the desk's password unless DESK_PASSWORD is set. DESK_ADDRESSES, with commas between, names where alone it may
// connect from. Harmless when run again: role and validators are brought up to date, the account gets this password.
load(`${__dirname}/roles.js`)
load(`${__dirname}/validators.js`)

const { DESK_USER: user, DESK_PASSWORD, DESK_ADDRESSES = '' } = process.env
if (!user) throw new Error('DESK_USER names the account to make')
const addresses = DESK_ADDRESSES.split(',').filter((address) => address !== '')

flightlineValidators.apply(db)
flightlineRoles.makeDeskRole(db)
flightlineRoles.makeDeskAccount(db, { user, password: DESK_PASSWORD ?? passwordPrompt(), addresses })
print(`desk account ${user} is ready in ${db.getName()}`)
