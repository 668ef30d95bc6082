// Loaded into the web server by `--import`: when the process that started it dies, however it dies, the
// channel between them closes and the server ends too.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
