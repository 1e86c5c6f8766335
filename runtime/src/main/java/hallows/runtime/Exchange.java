package hallows.runtime;

/// What a component does with the mail of one channel.
///
/// @param <M> the message
public interface Exchange<M extends Message> {
    /// A message has come. A told one is over when this returns; an asked one must be answered, now
    /// or later, through [Port#answer].
    void received(M message);

    /// An answer has come home. The message is over when this returns.
    void answered(M message);
}
