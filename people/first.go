package people

// FirstStep is the sign-in of an organisation (OpenID Connect) that everybody
// passes before a passkey is asked for. It is never enough alone.
type FirstStep struct {
	Issuer       string // https URL of the issuer, as its discovery document says
	ClientID     string
	ClientSecret string
	Redirect     string // path that the issuer sends people back to; "/sign-in/first" when empty
}
