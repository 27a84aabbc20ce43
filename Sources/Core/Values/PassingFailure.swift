/// An error that is nobody's mistake and passes by itself, so that whoever asked may be told and ask again.
package protocol PassingFailure: Error {
    /// What the client is told, in whole sentences; `nil` where the failure does not pass by itself.
    var advice: String? { get }
}
