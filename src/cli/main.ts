process.stdout.write('release\n');
