package hallows.cluster.kafka;

import java.nio.file.Path;
import org.apache.kafka.common.protocol.Errors;

/// Creates topics as fast as the controller takes them, and says which it has confirmed. Until
/// somebody kills it.
final class KilledNode {
    private KilledNode() {}

    /// With the directory, and how many topics there are.
    public static void main(String... arguments) throws Exception {
        Node node = Node.serving(Path.of(arguments[0]));
        for (int topic = Integer.parseInt(arguments[1]); ; topic++) {
            short code = node.create("t" + topic, 1).topics().find("t" + topic).errorCode();
            // One that was asked for by the life before, and done, but not said any more.
            if (code == Errors.NONE.code() || code == Errors.TOPIC_ALREADY_EXISTS.code()) {
                System.out.println(topic);
            } else {
                System.out.println("error " + Errors.forCode(code));
            }
        }
    }
}
