package hallows.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/// What came of each topic of a command: a line each, or one document.
final class TopicOutcomes {
    private final CommandLine command;
    private final boolean json;
    private final List<Map<String, Object>> topics = new ArrayList<>();
    private boolean fine = true;

    TopicOutcomes(CommandLine command, boolean json) {
        this.command = command;
        this.json = json;
    }

    /// It was done.
    ///
    /// @param what such as `created`
    void done(String name, String what, Map<String, ?> more) {
        Map<String, Object> topic = new LinkedHashMap<>();
        topic.put("name", name);
        topic.put("outcome", what);
        topic.putAll(more);
        topics.add(topic);
        if (!json) {
            StringBuilder line = new StringBuilder(what).append(' ').append(name);
            more.forEach((key, value) -> line.append(' ').append(key).append(": ").append(value));
            command.getOut().println(line);
        }
    }

    /// It was not done.
    void failed(String name, String why) {
        fine = false;
        topics.add(new LinkedHashMap<>(Map.of("name", name, "outcome", "failed", "error", why)));
        RemoteOptions.failed(command, why);
    }

    /// Prints the document; the exit code.
    int end() {
        if (json) {
            command.getOut().println(Json.line(Map.of("topics", topics)));
        }
        return fine ? 0 : 1;
    }
}
