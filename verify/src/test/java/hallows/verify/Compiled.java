package hallows.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/// Classes made on the spot, to see a gate bite.
final class Compiled {
    private Compiled() {}

    /// Compiles texts by their class names into a directory, against the tests' class path.
    static void into(Path classes, Map<String, String> texts) {
        List<JavaFileObject> files = new ArrayList<>();
        texts.forEach(
                (name, text) -> files.add(new SourceText(name.replace('.', '/') + ".java", text)));
        StringBuilder complaints = new StringBuilder();
        boolean fine =
                ToolProvider.getSystemJavaCompiler()
                        .getTask(
                                null,
                                null,
                                complaint -> complaints.append(complaint).append('\n'),
                                List.of("-g", "-proc:none", "-d", classes.toString()),
                                null,
                                files)
                        .call();
        if (!fine) {
            throw new IllegalArgumentException(complaints.toString());
        }
    }
}
