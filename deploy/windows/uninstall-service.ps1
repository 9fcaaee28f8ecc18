#Requires -RunAsAdministrator
<#
.SYNOPSIS
Stops the service and removes it. Data, settings and logs stay in %ProgramData%\Flightline.
#>
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$name = 'flightline-backend'
if (-not (Get-Service -Name $name -ErrorAction SilentlyContinue)) {
  Write-Host 'The service is not installed.'
  exit 0
}
Stop-Service -Name $name
& (Join-Path $PSScriptRoot 'flightline-backend.exe') uninstall (Join-Path $PSScriptRoot 'flightline-backend.xml')
if ($LASTEXITCODE -ne 0) { throw 'WinSW could not remove the service; its own words are above.' }
