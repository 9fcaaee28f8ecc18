import { NativeSelect } from '@mantine/core'
import { type FieldsProps, SecretField, SwitchField, TextField } from './fields.tsx'
import classes from './settings.module.css'
import { type Mechanism, mechanisms } from './settings-form.ts'

/** The fields of the way of working that was chosen. */
export function ModeFields(props: FieldsProps) {
  switch (props.form.mode) {
    case 'embedded':
      return <EmbeddedFields {...props} />
    case 'direct':
      return <DirectFields {...props} />
    case 'served':
      return <ServedFields {...props} />
  }
}

function EmbeddedFields(props: FieldsProps) {
  return (
    <>
      <fieldset className={classes.group}>
        <legend>First sign-ins</legend>
        <div className={classes.fields}>
          <SwitchField
            {...props}
            name="demo"
            label="Show the demonstration day"
            hint="A real, stormy day in New York, with made-up passengers. Its messages never leave this machine."
          />
          <PasswordFields {...props} hint="10 characters or more" />
        </div>
      </fieldset>
      <BackendFields {...props} />
    </>
  )
}

function PasswordFields(props: FieldsProps & { readonly hint: string }) {
  const { hint, ...fields } = props
  return (
    <>
      <SecretField {...fields} name="password" secret="adminPassword" label="Password" hint={hint} />
      <SecretField {...fields} name="passwordAgain" label="The same again" />
    </>
  )
}

function DirectFields(props: FieldsProps) {
  return (
    <>
      <fieldset className={classes.group}>
        <legend>MongoDB</legend>
        <div className={classes.fields}>
          <SecretField
            {...props}
            isWide
            name="mongoUrl"
            secret="mongoUrl"
            label="URL, with the desk's own account"
            hint="mongodb://desk:password@host:27017/flightline?replicaSet=rs0&tls=true"
          />
        </div>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>Kafka</legend>
        <div className={classes.fields}>
          <TextField {...props} isWide name="brokers" label="Brokers" hint="kafka-1:9093, kafka-2:9093" />
          <SwitchField {...props} name="ssl" label="Encrypted (TLS)" />
          <SwitchField {...props} name="hasSasl" label="Sign in (SASL)" />
          {props.form.hasSasl && <SaslFields {...props} />}
        </div>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>Server of the station</legend>
        <SwitchField
          {...props}
          name="run"
          label="This desk serves its station"
          hint="It publishes changes and tells passengers, for as long as it runs. One machine of a station has to; best one that is never switched off."
        />
      </fieldset>
      {props.form.run && (
        <>
          <fieldset className={classes.group}>
            <legend>First administrator</legend>
            <div className={classes.fields}>
              <PasswordFields {...props} hint="leave empty where people can sign in already" />
            </div>
          </fieldset>
          <BackendFields {...props} />
        </>
      )}
    </>
  )
}

function SaslFields(props: FieldsProps) {
  const { form, isLocked, onChange } = props
  return (
    <>
      <NativeSelect
        className={classes.wide ?? ''}
        label="Way to sign in"
        data={mechanisms.map((value) => ({ value, label: value.toUpperCase() }))}
        value={form.mechanism}
        disabled={isLocked}
        onChange={(event) => onChange({ mechanism: readMechanism(event.currentTarget.value) })}
      />
      <TextField {...props} name="username" label="Name" />
      <SecretField {...props} name="kafkaPassword" secret="kafkaPassword" label="Password" />
    </>
  )
}

function readMechanism(text: string): Mechanism {
  return mechanisms.find((mechanism) => mechanism === text) ?? 'scram-sha-512'
}

function ServedFields(props: FieldsProps) {
  return (
    <fieldset className={classes.group}>
      <legend>Server</legend>
      <div className={classes.fields}>
        <TextField {...props} isWide name="serverUrl" label="Address" hint="https://ops.example.com" />
      </div>
    </fieldset>
  )
}

/** How passengers reach what this desk serves. */
function BackendFields(props: FieldsProps) {
  return (
    <fieldset className={classes.group}>
      <legend>Passengers</legend>
      <div className={classes.fields}>
        <TextField {...props} name="port" label="Port" />
        <TextField {...props} name="publicUrl" label="Public address, for links" hint="as this machine is called" />
        <SwitchField
          {...props}
          name="isOpen"
          label="Other machines reach it"
          hint="Otherwise only this one does, or a proxy on it."
        />
        <SwitchField {...props} name="hasMail" label="Send e-mail" />
        {props.form.hasMail && (
          <>
            <SecretField
              {...props}
              name="smtpUrl"
              secret="smtpUrl"
              label="Mail server"
              hint="smtps://name:password@host"
            />
            <TextField {...props} name="mailFrom" label="Sender" hint="Flightline <flights@example.com>" />
          </>
        )}
      </div>
    </fieldset>
  )
}
