package hallows.runtime.os;

import hallows.runtime.Fault;
import java.io.PrintStream;

/// Hears what nobody else can be told: a host that refuses a wish, a thread that dies.
public interface Reports {
    /// The host refused something the process can do without.
    void refused(Fault fault);

    /// Work ended with an exception that nobody handles.
    ///
    /// @param where the thread or job it ended
    void crashed(String where, Throwable cause);

    /// Reports as lines of text.
    static Reports to(PrintStream stream) {
        return new Reports() {
            @Override
            public void refused(Fault fault) {
                stream.println("hallows: " + fault.kind() + ": " + fault.message());
            }

            @Override
            public void crashed(String where, Throwable cause) {
                synchronized (stream) {
                    stream.println("hallows: " + where + " ended:");
                    cause.printStackTrace(stream);
                }
            }
        };
    }
}
