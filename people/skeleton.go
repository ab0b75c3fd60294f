package people

import (
	"context"
	"encoding/json"
	"net/url"
	"time"

	"paraph/record"
)

// Register is the people of one machine. It is safe for concurrent use.
type Register struct{ book Book }

// New opens the register kept in b.
func New(b Book, o Options) (*Register, error) { return nil, unfinished }

// Close writes when sessions were last seen and stops all timers. The book
// stays open.
func (r *Register) Close() error { return nil }

// Sweep ends every session whose time is over and forgets what has expired. A
// program calls it about every minute; nothing that is over is accepted before.
func (r *Register) Sweep(ctx context.Context) error { return unfinished }

// Account is a person as the machine knows one.
type Account struct {
	ID            string
	Name          string
	Administrator bool // runs the machine; reads no process by it
	MayConvene    bool // may open processes
	Made          time.Time
	Passkeys      int // how many the account has
}

// Account gives one account; not found when there is none.
func (r *Register) Account(ctx context.Context, id string) (Account, error) {
	return Account{}, unfinished
}

// Accounts gives all accounts, by name.
func (r *Register) Accounts(ctx context.Context) ([]Account, error) { return nil, unfinished }

// Empower sets what an account may do on the machine, also for its open
// sessions. The last administrator cannot be made none: a conflict.
func (r *Register) Empower(ctx context.Context, id string, administrator, mayConvene bool) error {
	return unfinished
}

// Rename changes the name of an account.
func (r *Register) Rename(ctx context.Context, id, name string) error { return unfinished }

// CloseAccount ends an account: its sessions, tokens, passkeys and places are gone.
func (r *Register) CloseAccount(ctx context.Context, id string) error { return unfinished }

// Invited is what accepting an invitation gives.
type Invited struct {
	Place         Place // its Account is not read; zero for none
	Administrator bool
	MayConvene    bool
}

// Invitation is what is shown of one; never its secrets.
type Invitation struct {
	ID      string
	For     Invited
	Name    string // whom it is for, as whoever invited wrote it
	By      string // id of the account that invited; empty for the machine itself
	Made    time.Time
	Expires time.Time
	Tries   int  // how often wrong words may still be given
	Words   bool // whether it asks for words
	// Recovery tells that two members of the delegation let somebody back into
	// the place, which the account that has it then loses.
	Recovery bool
}

// Secrets are shown once, to whoever made the invitation.
type Secrets struct {
	Link  string   // the path "/invitation/<token>"; empty for the second who vouches
	Words []string // six, to be read aloud; empty for an administrator's first link and for the first who vouches
}

// Invite makes an invitation.
func (r *Register) Invite(ctx context.Context, by string, to Invited, name string) (Invitation, Secrets, error) {
	return Invitation{}, Secrets{}, unfinished
}

// First makes a link for the first administrator, or for the next when none can sign in.
func (r *Register) First(ctx context.Context) (Secrets, error) { return Secrets{}, unfinished }

// Withdraw ends an invitation; not found when there is none.
func (r *Register) Withdraw(ctx context.Context, id string) error { return unfinished }

// Invitations gives the open invitations to a process, or all for "".
func (r *Register) Invitations(ctx context.Context, p record.ProcessID) ([]Invitation, error) {
	return nil, unfinished
}

// Enter takes the token of a link and the words, and gives a ticket.
func (r *Register) Enter(ctx context.Context, link, words string) (ticket string, i Invitation, err error) {
	return "", Invitation{}, unfinished
}

// BeginEnrolment gives options for navigator.credentials.create, as JSON.
func (r *Register) BeginEnrolment(ctx context.Context, ticket, name, first string) (json.RawMessage, error) {
	return nil, unfinished
}

// FinishEnrolment makes the account.
func (r *Register) FinishEnrolment(ctx context.Context, ticket string, response []byte) (session string, err error) {
	return "", unfinished
}

// Accept gives what was invited to the account of a session.
func (r *Register) Accept(ctx context.Context, ticket, session string) error { return unfinished }

// BeginSignIn gives options for navigator.credentials.get, as JSON.
func (r *Register) BeginSignIn(ctx context.Context, first string) (options json.RawMessage, ceremony string, err error) {
	return nil, "", unfinished
}

// FinishSignIn begins a session.
func (r *Register) FinishSignIn(ctx context.Context, ceremony string, response []byte) (session string, err error) {
	return "", unfinished
}

// BeginFresh asks for the passkey again.
func (r *Register) BeginFresh(ctx context.Context, session string) (options json.RawMessage, ceremony string, err error) {
	return nil, "", unfinished
}

// FinishFresh makes the session fresh for five minutes.
func (r *Register) FinishFresh(ctx context.Context, session, ceremony string, response []byte) error {
	return unfinished
}

// Session is a person signed in, in one browser.
type Session struct {
	ID            string // names it among the account's sessions; no secret
	Account       string
	Name          string
	Administrator bool
	MayConvene    bool
	Began         time.Time
	Seen          time.Time
	FreshUntil    time.Time       // until when the passkey counts as just used
	Ended         <-chan struct{} // closed the moment the session ends
}

// Session gives the session that a token opens; not found when there is none.
func (r *Register) Session(ctx context.Context, token string) (Session, error) {
	return Session{}, unfinished
}

// Sessions gives the open sessions of an account, the latest seen first.
func (r *Register) Sessions(ctx context.Context, account string) ([]Session, error) {
	return nil, unfinished
}

// SignOut ends a session.
func (r *Register) SignOut(ctx context.Context, token string) error { return unfinished }

// Lock ends all sessions of an account.
func (r *Register) Lock(ctx context.Context, account string) error { return unfinished }

// EndSession ends one session of an account; not found when there is none.
func (r *Register) EndSession(ctx context.Context, account, id string) error { return unfinished }

// Passkey is one authenticator of an account.
type Passkey struct {
	ID     string
	Label  string
	Made   time.Time
	Used   time.Time
	Locked bool // its counter went back: it may have been copied, and signs nobody in any more
	Synced bool // kept by a provider on several devices
}

// BeginPasskey gives options for a further passkey; needs a fresh session.
func (r *Register) BeginPasskey(ctx context.Context, session string) (options json.RawMessage, ceremony string, err error) {
	return nil, "", unfinished
}

// FinishPasskey adds it.
func (r *Register) FinishPasskey(ctx context.Context, session, ceremony string, response []byte, label string) error {
	return unfinished
}

// Passkeys gives the passkeys of an account, the oldest first.
func (r *Register) Passkeys(ctx context.Context, account string) ([]Passkey, error) {
	return nil, unfinished
}

// LosePasskey removes a passkey and ends all sessions begun or refreshed with it.
func (r *Register) LosePasskey(ctx context.Context, account, id string) error { return unfinished }

// LoseAll removes all passkeys, sessions and tokens of an account. Its places
// stay, each to be given back by two members of its delegation.
func (r *Register) LoseAll(ctx context.Context, account string) error { return unfinished }

// PlaceOf gives the place of an account in a process, if it has one.
func (r *Register) PlaceOf(ctx context.Context, account string, p record.ProcessID) (Place, bool, error) {
	return Place{}, false, unfinished
}

// Places gives all places of an account.
func (r *Register) Places(ctx context.Context, account string) ([]Place, error) {
	return nil, unfinished
}

// Vacated gives a channel that is closed once the place is no longer the
// account's, for open streams. It is closed already when it is not now.
func (r *Register) Vacated(p Place) <-chan struct{} { return nil }

// Taken gives which accounts have taken which places of a process, by person.
func (r *Register) Taken(ctx context.Context, p record.ProcessID) (map[string]string, error) {
	return nil, unfinished
}

// Take gives an account a place without an invitation: to whoever opens a process.
func (r *Register) Take(ctx context.Context, p Place) error { return unfinished }

// Leave gives up the place of an account in a process.
func (r *Register) Leave(ctx context.Context, account string, p record.ProcessID) error {
	return unfinished
}

// Vacate takes a place from whoever has it, with its tokens and invitations.
func (r *Register) Vacate(ctx context.Context, p record.ProcessID, person string) error {
	return unfinished
}

// Vouch lets somebody who lost all passkeys back into one place.
func (r *Register) Vouch(ctx context.Context, by, lost Place, delegation []Place) (Secrets, error) {
	return Secrets{}, unfinished
}

// CancelRecovery ends a recovery that any member of the delegation objects to.
func (r *Register) CancelRecovery(ctx context.Context, by, lost Place) error { return unfinished }

// Recovery is one under way.
type Recovery struct {
	Place    Place    // with the account that has it still
	Vouchers []string // persons who vouched: one, or two
	Began    time.Time
	Expires  time.Time
}

// Recoveries gives the recoveries under way in a process.
func (r *Register) Recoveries(ctx context.Context, p record.ProcessID) ([]Recovery, error) {
	return nil, unfinished
}

// Token lets a program act for one place.
type Token struct {
	ID      string
	Place   Place
	Name    string
	MayAct  bool // may write; else it only reads
	MayBind bool // may do what a page asks a fresh passkey for; at most for an hour
	Made    time.Time
	Expires time.Time
}

// MakeToken makes a token for the place of the session's account in t.Place.Process.
func (r *Register) MakeToken(ctx context.Context, session string, t Token) (secret string, made Token, err error) {
	return "", Token{}, unfinished
}

// Token gives what a secret opens; not found when there is nothing.
func (r *Register) Token(ctx context.Context, secret string) (Token, error) {
	return Token{}, unfinished
}

// Tokens gives the tokens of an account.
func (r *Register) Tokens(ctx context.Context, account string) ([]Token, error) {
	return nil, unfinished
}

// EndToken ends one token of an account.
func (r *Register) EndToken(ctx context.Context, account, id string) error { return unfinished }

// Notice tells an account what happened to it.
type Notice struct {
	ID    string
	At    time.Time
	Words string
}

// Notices gives those not dismissed, the latest first.
func (r *Register) Notices(ctx context.Context, account string) ([]Notice, error) {
	return nil, unfinished
}

// Dismiss takes a notice away.
func (r *Register) Dismiss(ctx context.Context, account, id string) error { return unfinished }

// BeginFirst begins the first step: where to send the browser, and a state to
// keep in its cookie.
func (r *Register) BeginFirst(ctx context.Context) (to, state string, err error) {
	return "", "", unfinished
}

// FinishFirst takes what the issuer sent back and gives a ticket for
// BeginSignIn or BeginEnrolment.
func (r *Register) FinishFirst(ctx context.Context, state string, query url.Values) (ticket string, err error) {
	return "", unfinished
}

// HasFirst tells whether people pass a first step.
func (r *Register) HasFirst() bool { return false }
