// Run by mongosh: forms the replica set, makes the backend's account, which may use its own database only, and prepares
// the database for desks that connect to it themselves.
load(`${__dirname}/roles.js`)
load(`${__dirname}/validators.js`)

const members = process.env.MONGO_MEMBERS.split(',')
const direct = `mongodb://root:${encodeURIComponent(process.env.MONGO_ROOT_PASSWORD)}@${members[0]}/admin?directConnection=true`

let admin = connect(direct)
try {
  admin.adminCommand({ replSetGetStatus: 1 })
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error
  admin.adminCommand({ replSetInitiate: { _id: 'rs0', members: members.map((host, _id) => ({ _id, host })) } })
}
for (let second = 0; !admin.hello().isWritablePrimary; second += 1) {
  if (second > 60) throw new Error('the replica set has no primary after a minute')
  sleep(1000)
  admin = connect(direct)
}

const password = process.env.MONGO_FLIGHTLINE_PASSWORD
const flightline = admin.getSiblingDB('flightline')
const roles = [{ role: 'readWrite', db: 'flightline' }]
if (flightline.getUser('flightline')) flightline.updateUser('flightline', { pwd: password, roles })
else flightline.createUser({ user: 'flightline', pwd: password, roles })
flightlineValidators.apply(flightline)
flightlineRoles.makeDeskRole(flightline)
print('replica set, account and the role of desks are ready')
