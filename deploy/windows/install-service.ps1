#Requires -RunAsAdministrator
<#
.SYNOPSIS
Installs the headless backend as a service of Windows and starts it.
.PARAMETER WinSW
WinSW 3 as it was downloaded from its releases page.
.PARAMETER Sha256
Its checksum, as that page gives it: what runs as a service is not taken on trust.
#>
param(
  [Parameter(Mandatory)] [string] $WinSW,
  [Parameter(Mandatory)] [ValidatePattern('^[0-9a-fA-F]{64}$')] [string] $Sha256
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$node = Get-Command node.exe -ErrorAction SilentlyContinue
if (-not $node) { throw 'node.exe is not on the PATH. Install Node 24 for all users first.' }
$wanted = [version]'22.13.0'
$present = [version]((& $node.Source --version).TrimStart('v'))
if ($present -lt $wanted) { throw "Node $present is too old; $wanted or later is needed." }

$actual = (Get-FileHash -LiteralPath $WinSW -Algorithm SHA256).Hash
if ($actual -ne $Sha256) { throw "The checksum of $WinSW is $actual, not the one given. Nothing was installed." }

$data = Join-Path $env:ProgramData 'Flightline'
foreach ($folder in $data, (Join-Path $data 'data'), (Join-Path $data 'logs')) {
  New-Item -ItemType Directory -Force -Path $folder | Out-Null
}
# Administrators, the system and the service's own account; nobody else reads settings, data or logs.
& icacls.exe $data /inheritance:r /grant:r '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-18:(OI)(CI)F' '*S-1-5-19:(OI)(CI)M' | Out-Null
if ($LASTEXITCODE -ne 0) { throw "The rights of $data could not be set." }

$settings = Join-Path $data '.env'
if (-not (Test-Path -LiteralPath $settings)) {
  Copy-Item -LiteralPath (Join-Path $PSScriptRoot 'backend.env.example') -Destination $settings
  Write-Host "Fill in $settings, then run this again."
  exit 0
}

$service = Join-Path $PSScriptRoot 'flightline-backend.exe'
Copy-Item -LiteralPath $WinSW -Destination $service -Force
& $service install (Join-Path $PSScriptRoot 'flightline-backend.xml')
if ($LASTEXITCODE -ne 0) { throw 'WinSW could not install the service; its own words are above.' }
Start-Service -Name 'flightline-backend'
Get-Service -Name 'flightline-backend'
