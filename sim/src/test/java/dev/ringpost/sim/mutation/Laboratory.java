package dev.ringpost.sim.mutation;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles sources with a bug in them, and only those, beside the classes of the class path.
 *
 * <p>A constant that another class has copied would keep its old value there: mutants change none of these.
 *
 * @param root of the repository
 * @param folder for what is made; may hold what an earlier run made
 * @param classPath holds everything without a bug
 */
record Laboratory(Path root, Path folder, String classPath) {
    /** The class path with the bug before everything else. */
    String grow(Mutant mutant) throws IOException {
        Path sources = folder.resolve(mutant.name()).resolve("sources");
        Path classes = Files.createDirectories(folder.resolve(mutant.name()).resolve("classes"));
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> planted : mutant.plantedIn(root).entrySet()) {
            Path file = sources.resolve(planted.getKey());
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            files.add(Files.writeString(file, planted.getValue()));
        }
        compile(mutant, files, classes);
        return classes + File.pathSeparator + classPath;
    }

    private void compile(Mutant mutant, List<Path> files, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter says = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> units = manager.getJavaFileObjectsFromPaths(files);
            List<String> options =
                    List.of("-d", classes.toString(), "-cp", classPath, "-proc:none", "-implicit:none", "-nowarn");
            if (!compiler.getTask(says, manager, null, options, null, units).call()) {
                throw new IllegalStateException("The mutant " + mutant.name() + " does not compile:\n" + says);
            }
        }
    }
}
